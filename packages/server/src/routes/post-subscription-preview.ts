import { answerPreview } from "../changes/price-change.js";
import { defineHandler } from "./define-handler.js";

/** POST /subscription/preview: what a change would cost, and when it would happen. */
export const postSubscriptionPreview = defineHandler(
  "POST /subscription/preview",
  async ({ open, identity, input }) => answerPreview(await open(), identity.id, input),
);
