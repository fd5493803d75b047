import { predictCharge } from "./charge-intent.js";
import type { Context } from "./context.js";
import { needCustomer } from "./customer.js";
import { declineBody } from "./decline.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { find } from "./find.js";
import {
  announce,
  type NewSubscription,
  openSubscription,
  pricesOf,
  trialEndOf,
} from "./open-subscription.js";
import { defaultMethodOf, payInvoice } from "./pay-invoice.js";
import { priceAmount } from "./price-amount.js";
import { applyOutcome } from "./settle-subscription.js";
import { createSetupIntent } from "./setup-intent.js";
import { invalidRequest, StripeError } from "./stripe-error.js";
import { atCustomer } from "./test-clock.js";
import type { PaymentMethod, Subscription } from "./wire.js";
import type { World } from "./world.js";

const due = (world: World, fields: NewSubscription): number =>
  fields.items.reduce((sum, item) => {
    const price = find(world.prices, item.price);
    return sum + (price ? priceAmount(world, price, item.quantity ?? 1) : 0);
  }, 0);

/** Refuses before anything is changed what could only end without the money. */
const checkPayable = (world: World, ctx: Context, fields: NewSubscription): void => {
  const customer = needCustomer(world, fields.customer);
  const behavior = fields.payment_behavior ?? "allow_incomplete";
  if (trialEndOf(ctx, fields) !== null || due(world, fields) === 0 || behavior === "default_incomplete")
    return;
  const id = fields.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const method = find<PaymentMethod>(world.paymentMethods, id as string | null | undefined);
  if (!method)
    throw invalidRequest(
      "This customer has no attached payment source or default payment method. Please consider adding a " +
        "default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting.",
      "resource_missing",
    );
  const answer = predictCharge(world, method, fields.off_session ? { offSession: true } : {});
  if (behavior === "error_if_incomplete" && answer !== "ok")
    throw new StripeError(
      402,
      declineBody(answer === "requires_action" ? "authentication_required" : answer),
    );
};

/** Creates a subscription the way the API does: its first event already tells how the first payment went. */
export const createSubscription = (world: World, now: Context, fields: NewSubscription): Subscription => {
  const ctx = atCustomer(world, now, fields.customer);
  pricesOf(world, fields);
  checkPayable(world, ctx, fields);
  const { subscription, invoice, position } = openSubscription(world, ctx, fields);
  finalizeInvoice(world, ctx, invoice);
  const method = defaultMethodOf(world, subscription);
  const waits = fields.payment_behavior === "default_incomplete" && invoice.amount_due > 0;
  if (!waits) {
    const options = fields.off_session ? { offSession: true } : {};
    const outcome = payInvoice(world, ctx, invoice, method, options);
    applyOutcome(world, subscription, invoice, outcome);
  }
  if (invoice.amount_due === 0 && !method) awaitMethod(world, ctx, subscription);
  announce(world, ctx, subscription, position);
  return subscription;
};

/** With nothing to pay now and no card on file, a setup intent stands by to take one. */
const awaitMethod = (world: World, ctx: Context, subscription: Subscription): void => {
  const intent = createSetupIntent(world, ctx, { customer: subscription.customer as string });
  world.hidden.waiting[intent.id] = { kind: "subscription", subscription: subscription.id };
  subscription.pending_setup_intent = intent.id;
};
