import { cancel } from "../endings/billing-subscriptions.js";
import { answerEnding } from "./answer-ending.js";
import { defineHandler } from "./define-handler.js";

/** POST /subscription/cancel: what becomes of unused time is the app's policy, never the browser's choice. */
export const postCancel = defineHandler(
  "POST /subscription/cancel",
  async ({ parts, open, identity, input }) => {
    const { cancelNow } = parts.endings;
    const { at = "period_end", ...said } = input;
    const wish =
      at === "now" && cancelNow === false
        ? ({ at: "period_end" } as const)
        : { at, ...(cancelNow !== false && { settlement: cancelNow }) };
    const result = await cancel(await open(), { customerId: identity.id, ...said, ...wish });
    return answerEnding(parts, identity, result);
  },
);
