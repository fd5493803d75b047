import { resume } from "../endings/subscription-endings.js";
import { answerEnding } from "./answer-ending.js";
import { defineHandler } from "./define-handler.js";

/** POST /subscription/resume: whoever comes back, from a cancellation or a pause. */
export const postResume = defineHandler(
  "POST /subscription/resume",
  async ({ parts, open, identity, input }) => {
    const { outcome, refunded } = await resume(await open(), { customerId: identity.id, ...input });
    return answerEnding(parts, identity, { outcome, refunded });
  },
);
