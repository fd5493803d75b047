import { BillingError, type ProviderEndings } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { underOwnKey } from "../client/under-own-key.js";
import type { PriceMarks } from "../language/names.js";
import { makeWay } from "./make-way.js";
import { readLiving } from "./read-for-ending.js";

/**
 * Pauses a subscription: its collection (https://docs.stripe.com/billing/subscriptions/pause-payment), or all of it
 * (https://docs.stripe.com/billing/subscriptions/pause), which Stripe ends at no date.
 *
 * @throws BillingError `not_supported` for a full pause until a date, or of one that Stripe can't pause in full
 */
export async function pauseSubscription(
  call: CallStripe,
  marks: PriceMarks,
  { subscription, how, until, idempotencyKey }: Parameters<ProviderEndings["pause"]>[0],
): Promise<void> {
  const current = await readLiving(call, subscription.id);
  const options = { idempotencyKey: `${idempotencyKey}:pause` };
  if (how === "collection") {
    const resumes = until === null ? {} : { resumes_at: Date.parse(until) / 1000 };
    // What is not collected is given: no invoice is left that somebody might pay or write off.
    const pause_collection = { behavior: "void", ...resumes } as const;
    const update = call((client) => client.subscriptions.update(current.id, { pause_collection }, options));
    await underOwnKey(update);
    return;
  }
  if (current.status === "paused") return;
  checkPausable(current, until);
  await makeWay(call, marks, current, idempotencyKey);
  const now = { type: "now" } as const;
  const params = {
    type: "subscription",
    bill_for: { unused_time_from: now, outstanding_usage_through: now },
    invoicing_behavior: "pending_invoice_item",
  } as const;
  await underOwnKey(call((client) => client.subscriptions.pause(current.id, params, options)));
}

/** https://docs.stripe.com/billing/subscriptions/pause#limitations */
function checkPausable({ billing_mode, collection_method }: Stripe.Subscription, until: string | null): void {
  const why =
    until !== null
      ? "a full pause has no end date there"
      : billing_mode.type !== "flexible"
        ? "it has the classic billing mode"
        : collection_method !== "charge_automatically"
          ? "its invoices are sent"
          : null;
  if (why !== null)
    throw new BillingError("not_supported", `Stripe can't pause this subscription so: ${why}.`);
}

/**
 * Ends a pause. A full one ends with the payment of a new period (https://docs.stripe.com/api/subscriptions/resume):
 * Stripe is told to charge it now, and to leave the subscription paused where that fails.
 *
 * @throws BillingError `payment_method_missing`
 */
export async function resumeSubscription(
  call: CallStripe,
  { subscription, idempotencyKey }: Parameters<ProviderEndings["resume"]>[0],
): Promise<void> {
  const current = await readLiving(call, subscription.id);
  const options = { idempotencyKey: `${idempotencyKey}:resume` };
  if (current.status === "paused") {
    await ensureMethod(call, current);
    const params = {
      billing_cycle_anchor: { type: "now" },
      payment_behavior: "resume_on_payment_success",
      proration_behavior: "none",
    } as const;
    await underOwnKey(call((client) => client.subscriptions.resume(current.id, params, options)));
  } else if (current.pause_collection !== null) {
    const update = call((client) =>
      client.subscriptions.update(current.id, { pause_collection: "" }, options),
    );
    await underOwnKey(update);
  }
}

/**
 * Sees to it that something can pay: the default card, the latest one that was saved, or a credit balance. A card that
 * was added after a trial is nobody's default yet.
 */
async function ensureMethod(call: CallStripe, subscription: Stripe.Subscription): Promise<void> {
  const { customer } = subscription;
  if (subscription.default_payment_method !== null || subscription.default_source !== null) return;
  if (typeof customer === "string" || customer.deleted) throw methodMissing();
  if (customer.invoice_settings.default_payment_method !== null || customer.default_source !== null) return;
  const saved = await call((client) => client.customers.listPaymentMethods(customer.id, { limit: 1 }));
  const [latest] = saved.data;
  if (latest !== undefined) {
    const default_payment_method = latest.id;
    await call((client) => client.subscriptions.update(subscription.id, { default_payment_method }));
    return;
  }
  // A negative balance is the customer's.
  if (customer.balance >= 0) throw methodMissing();
}

function methodMissing(): BillingError {
  return new BillingError("payment_method_missing", "Add a payment method first.");
}
