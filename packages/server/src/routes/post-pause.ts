import { BillingError } from "@tollgate/core";
import { pause } from "../endings/subscription-endings.js";
import { answerEnding } from "./answer-ending.js";
import { defineHandler } from "./define-handler.js";

/** POST /subscription/pause: in full, if the app offers it. */
export const postPause = defineHandler(
  "POST /subscription/pause",
  async ({ parts, open, identity, input }) => {
    if (!parts.endings.pause) throw new BillingError("pause_not_offered", "Pausing is not offered here.");
    const { outcome, refunded } = await pause(await open(), {
      customerId: identity.id,
      kind: "full",
      ...input,
    });
    return answerEnding(parts, identity, { outcome, refunded });
  },
);
