import { retainCustomer, toResult, withoutOffer } from "../endings/retain-customer.js";
import { cancel } from "../endings/subscription-endings.js";
import { answerEnding } from "./answer-ending.js";
import { defineHandler } from "./define-handler.js";

/** POST /subscription/cancel: what becomes of unused time is the app's policy, never the browser's choice. */
export const postCancel = defineHandler(
  "POST /subscription/cancel",
  async ({ parts, open, identity, input }) => {
    const { cancelNow, retention } = parts.endings;
    const { at = "period_end", offer = null, ...said } = input;
    const context = await open();
    const choice = { customerId: identity.id, group: said.group };
    const retained = await retainCustomer(context, choice, retention, offer);
    if (retained !== null) return answerEnding(parts, identity, toResult(retained));
    const wish =
      at === "now" && cancelNow === false
        ? ({ at: "period_end" } as const)
        : { at, ...(cancelNow !== false && { settlement: cancelNow }) };
    const result = await cancel(context, { customerId: identity.id, ...said, ...wish });
    return answerEnding(parts, identity, withoutOffer(result));
  },
);
