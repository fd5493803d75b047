import { checkChargesEnabled, checkConnectTerms } from "../../payments/connect-terms.js";
import { checkSubscriptionTerms } from "../../subscriptions/terms/check-subscription-terms.js";
import type { World } from "../../world/world.js";
import type { CheckoutOrder } from "../terms/checkout-order.js";

/** Refuses an impossible share of what a session takes, for the platform or for a connected account. */
export const checkShares = (
  world: World,
  { payment_intent_data: payment, subscription_data: subscription }: CheckoutOrder,
): void => {
  checkChargesEnabled(world);
  if (payment)
    checkConnectTerms(
      world,
      { ...payment, application_fee: payment.application_fee_amount },
      { within: "payment_intent_data" },
    );
  if (subscription) checkSubscriptionTerms(world, subscription, undefined, "subscription_data");
};
