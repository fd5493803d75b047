import { billing } from "../../billing/server";
import { PayButton } from "./pay-button";
import { sayDate, sayMoney } from "./say";
import { stripePage } from "./stripe-page";

/** What was billed, the newest first; what is still open can be paid here. */
export async function Invoices({ customerId }: { customerId: string }) {
  const { invoices } = await billing.invoices.list({ customerId });
  if (invoices.length === 0) return <p>Nothing was billed yet.</p>;
  return (
    <table className="bill" aria-labelledby="invoices-heading">
      <tbody>
        {invoices.map(({ id, number, issuedAt, total, due, currency, status, pdfUrl }) => (
          <tr key={id}>
            <th scope="row">
              {sayDate(issuedAt)}
              <br />
              {pdfUrl ? (
                <a className="quiet-link" href={pdfUrl}>
                  {number} (PDF)
                </a>
              ) : (
                number
              )}
            </th>
            <td>
              {sayMoney({ amount: total, currency })}
              <br />
              {status === "open" ? (
                <PayButton path={`/invoices/${id}/pay`} body={{}} stripe={stripePage()}>
                  {`Pay ${sayMoney({ amount: due, currency })}`}
                </PayButton>
              ) : (
                <small>{status}</small>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
