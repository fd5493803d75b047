/** @jsxImportSource hono/jsx */
import type { Charge, Dispute } from "../../engine/world/wire.js";
import { formatMoney } from "../../pages/format/format-money.js";
import type { Desk } from "../frame/desk.js";
import { ButtonForm, Part } from "../frame/parts.js";
import { disputeKinds } from "./card-choices.js";

/** What can be done to a charge whose money was taken. */
export const ChargeTools = ({ desk, charge, back }: { desk: Desk; charge: Charge; back: string }) => {
  const action = `${desk.base}/tools/charges/${charge.id}`;
  const left = charge.amount_captured - charge.amount_refunded;
  if (left <= 0 && charge.disputed) return null;
  return (
    <Part title="Charge tools">
      <div class="panel tools">
        {left > 0 ? (
          <form class="line" method="post" action={`${action}/refund`}>
            <input type="hidden" name="back" value={back} />
            <div class="field">
              <label for="amount">
                Refund up to {formatMoney(left, charge.currency)}, in the smallest unit
              </label>
              <input id="amount" name="amount" type="number" min="1" max={left} value={left} required />
            </div>
            <button type="submit" class="button">
              Refund
            </button>
          </form>
        ) : null}
        {charge.disputed ? null : (
          <form class="line" method="post" action={`${action}/dispute`}>
            <input type="hidden" name="back" value={back} />
            <div class="field">
              <label for="kind">Open a dispute</label>
              <select id="kind" name="kind">
                {Object.entries(disputeKinds).map(([kind, words]) => (
                  <option key={kind} value={kind}>
                    {words}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="button">
              Dispute it
            </button>
          </form>
        )}
      </div>
    </Part>
  );
};

/** How an open dispute may end. */
export const DisputeTools = ({ desk, dispute, back }: { desk: Desk; dispute: Dispute; back: string }) => {
  const action = `${desk.base}/tools/disputes/${dispute.id}/decide`;
  if (!/(needs_response|under_review)$/.test(dispute.status)) return null;
  return (
    <Part title="How it ends">
      <div class="panel">
        <div class="buttons">
          <ButtonForm action={action} fields={{ back, outcome: "won" }} label="Win it" />
          <ButtonForm action={action} fields={{ back, outcome: "lost" }} label="Lose it" />
        </div>
      </div>
    </Part>
  );
};
