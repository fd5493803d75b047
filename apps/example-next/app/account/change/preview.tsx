import type { ChangePreviewResponse } from "@tollgate/core/contract";
import { sayChoice, sayDate, sayMoney } from "../say";

/** What the change costs, line by line, and what comes next. The amounts are the provider's own. */
export function Preview({ preview }: { preview: ChangePreviewResponse }) {
  const { at, effectiveAt, currency, lines, tax, credit, dueNow, nextInvoice } = preview;
  const say = (amount: number) => sayMoney({ amount, currency });
  return (
    <div role="status" className="preview">
      <h2>{sayChoice(preview)}</h2>
      <p>
        {at === "period_end"
          ? `From ${sayDate(effectiveAt)}; until then all stays as it is.`
          : "It happens now."}
      </p>
      <table className="bill">
        <caption>What it costs</caption>
        <tbody>
          {lines.map(({ description, amount }) => (
            <tr key={description}>
              <th scope="row">{description}</th>
              <td>{say(amount)}</td>
            </tr>
          ))}
          {tax !== 0 && (
            <tr>
              <th scope="row">Tax</th>
              <td>{say(tax)}</td>
            </tr>
          )}
          <tr className="total">
            <th scope="row">Charged now</th>
            <td>{say(dueNow)}</td>
          </tr>
          {credit > 0 && (
            <tr>
              <th scope="row">Credit that is left</th>
              <td>{say(credit)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {nextInvoice && (
        <p>
          Then {say(nextInvoice.due)} on {sayDate(nextInvoice.at)}.
        </p>
      )}
    </div>
  );
}
