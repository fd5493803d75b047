import type { ChargeOutcome } from "./charge-intent.js";
import type { Context } from "./context.js";
import { change } from "./emit.js";
import { intentOf } from "./finalize-invoice.js";
import { find } from "./find.js";
import { subscriptionOf } from "./pay-invoice.js";
import type { Invoice, PaymentMethod, Subscription } from "./wire.js";
import type { World } from "./world.js";

/** A paid first invoice starts a subscription, a paid later one heals it. */
const revive = (subscription: Subscription, invoice: Invoice): void => {
  const healing = subscription.status === "past_due" || subscription.status === "unpaid";
  if (subscription.status === "incomplete" || (healing && subscription.latest_invoice === invoice.id))
    subscription.status = "active";
};

/** What an invoice's outcome makes of its subscription, without telling anybody. */
export const applyOutcome = (
  world: World,
  subscription: Subscription,
  invoice: Invoice,
  outcome: ChargeOutcome,
): void => {
  if (outcome.status !== "succeeded") {
    if (subscription.status === "active" || subscription.status === "trialing")
      subscription.status = "past_due";
    return;
  }
  revive(subscription, invoice);
  const method = find<PaymentMethod>(world.paymentMethods, intentOf(world, invoice)?.payment_method);
  const saves = subscription.payment_settings?.save_default_payment_method === "on_subscription";
  if (method && saves && method.customer === subscription.customer)
    subscription.default_payment_method = method.id;
};

/** Lets a subscription follow what became of its invoice. */
export const settleSubscription = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  outcome: ChargeOutcome,
): void => {
  const subscription = subscriptionOf(world, invoice);
  if (!subscription) return;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) =>
    applyOutcome(world, draft, invoice, outcome),
  );
};
