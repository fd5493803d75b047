import { checkPromotionCode } from "../promotions/check-promotion-code.js";
import { defineHandler } from "./define-handler.js";

/** POST /promotion-code: what a code would do to this person's purchase. */
export const postPromotionCode = defineHandler("POST /promotion-code", async ({ open, identity, input }) =>
  checkPromotionCode(await open(), identity.id, input),
);
