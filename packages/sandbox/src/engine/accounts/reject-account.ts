import type { Context } from "../world/context.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Account } from "../world/wire.js";
import type { World } from "../world/world.js";
import { changeAccount } from "./change-account.js";
import { sellerOf } from "./requirements.js";
import type { Seller } from "./seller.js";

/** What the account says afterwards; the words for a platform's own decision are among those that the SDK declares. */
const reasons = {
  credit: "platform_other",
  fraud_no_intent_to_fulfill: "platform_fraud",
  fraud_other: "platform_fraud",
  fraud_payment_method_casher: "platform_fraud",
  fraud_payment_method_tester: "platform_fraud",
  other: "platform_other",
  terms_of_service: "platform_terms_of_service",
} as const satisfies Record<string, NonNullable<Seller["rejected"]>>;

/**
 * Turns a connected account away: it can neither charge nor be paid. Only a platform that bears the losses may do it.
 * https://docs.stripe.com/api/account/reject
 */
export const rejectAccount = (
  world: World,
  ctx: Context,
  account: Account,
  reason: keyof typeof reasons,
): Account => {
  if (account.controller?.losses?.payments !== "application")
    throw invalidRequest(
      "Only accounts where Stripe is not liable for negative account balances, which includes Custom and Express " +
        "accounts, can be rejected.",
    );
  return changeAccount(world, ctx, account, (draft) => {
    const seller = sellerOf(world, draft);
    if (seller) seller.rejected = reasons[reason];
  });
};
