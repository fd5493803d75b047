import type { ChangePreviewResponse } from "@tollgate/core/contract";
import { sayAddOn, sayChoice, sayDate, sayMoney } from "../say";

const outcomes = {
  stays: "stays",
  added: "is added",
  changed: "is changed",
  moved: "goes along, and is billed with the plan",
  removed: "is taken off",
  included: "is included in the new plan, and taken off the bill",
} as const;

/** What the change costs, line by line, and what comes next. The amounts are the provider's own. */
export function Preview({ preview }: { preview: ChangePreviewResponse }) {
  const { at, effectiveAt, currency, lines, tax, credit, dueNow, nextInvoice, addOns = [] } = preview;
  const counts = addOns.filter(({ to }) => to > 0).map(({ addOnId, to }) => [addOnId, to] as const);
  const say = (amount: number) => sayMoney({ amount, currency });
  return (
    <div role="status" className="preview">
      <h2>{sayChoice({ ...preview, addOns: Object.fromEntries(counts) })}</h2>
      <p>
        {at === "period_end"
          ? `From ${sayDate(effectiveAt)}; until then all stays as it is.`
          : "It happens now."}
      </p>
      {addOns
        .filter(({ becomes }) => becomes === "included" || becomes === "removed" || becomes === "moved")
        .map(({ addOnId, becomes }) => (
          <p key={addOnId}>
            {sayAddOn(addOnId)} {outcomes[becomes]}.
          </p>
        ))}
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
