import type { Cancellation, ProviderEndings } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { endedError, isOver } from "../language/ended.js";
import { metadataKeys, type PriceMarks, readMetadata } from "../language/names.js";
import { makeWay } from "./make-way.js";
import { readForEnding, readLiving } from "./read-for-ending.js";
import { refundUnused } from "./refund-unused.js";

type End = ProviderEndings["end"];
type EndInput = Parameters<End>[0];

/**
 * Ends a subscription now, or plans its end (https://docs.stripe.com/billing/subscriptions/cancel).
 *
 * @param marks whose prices a schedule's change may be of
 */
export async function endSubscription(call: CallStripe, marks: PriceMarks, input: EndInput): ReturnType<End> {
  const { subscription, at, said, idempotencyKey } = input;
  if (at.kind === "now") return endNow(call, input);
  const current = await readLiving(call, subscription.id);
  await makeWay(call, marks, current, idempotencyKey);
  // A date may have cut the period short: its own end comes back first.
  if (at.kind === "period_end") await withdrawDate(call, current, idempotencyKey);
  const end =
    at.kind === "period_end"
      ? { cancel_at_period_end: true }
      : // Time that the new end takes away lapses, as with an end at once.
        { cancel_at: Date.parse(at.date) / 1000, proration_behavior: "none" as const };
  const params = { ...end, cancellation_details: toDetails(said) };
  const update = call((client) =>
    client.subscriptions.update(current.id, params, { idempotencyKey: `${idempotencyKey}:end` }),
  );
  await underOwnKey(update);
  return { refunded: null };
}

/** Nothing was given back for the time that the date had cut off, so nothing is charged for it now. */
async function withdrawDate(
  call: CallStripe,
  { id, cancel_at, cancel_at_period_end }: Stripe.Subscription,
  idempotencyKey: string,
): Promise<void> {
  if (cancel_at === null || cancel_at_period_end) return;
  const params = { cancel_at: "", proration_behavior: "none" } as const;
  const update = call((client) =>
    client.subscriptions.update(id, params, { idempotencyKey: `${idempotencyKey}:withdraw` }),
  );
  await underOwnKey(update);
}

/**
 * That a refund is owed is written on the subscription before it ends: whoever comes back after a crash can tell an end
 * that still owes one from any other.
 */
async function endNow(call: CallStripe, input: EndInput): ReturnType<End> {
  const { settlement, idempotencyKey } = input;
  const current = await readForEnding(call, input.subscription.id);
  const owes = readMetadata(current.metadata, metadataKeys.settlement) === "refund";
  const refunds = settlement === "refund";
  if (isOver(current)) {
    if (!refunds || !owes) throw endedError();
  } else {
    if (refunds && !owes) await noteRefund(call, current.id);
    await cancel(call, current, input);
  }
  return { refunded: refunds ? await refundUnused(call, current.id, idempotencyKey) : null };
}

async function noteRefund(call: CallStripe, id: string): Promise<void> {
  const metadata = { [metadataKeys.settlement]: "refund" };
  await call((client) => client.subscriptions.update(id, { metadata }));
}

/** A key is not needed: what is cancelled can't be found a second time. */
async function cancel(
  call: CallStripe,
  { id, items }: Pick<Stripe.Subscription, "id" | "items">,
  { settlement, said }: Pick<EndInput, "settlement" | "said">,
): Promise<void> {
  const isCounted = items.data.some(({ price }) => price.recurring?.usage_type === "metered");
  // Without an invoice of its own, what is credited reduces the customer's next one; what was used since the last one is
  // then charged to nobody (https://docs.stripe.com/api/subscriptions/cancel#cancel_subscription-invoice_now), which an
  // end that gives something back takes upon itself.
  const params = {
    invoice_now: isCounted && settlement === "nothing",
    prorate: settlement === "credit",
    cancellation_details: toDetails(said),
  };
  try {
    await call((client) => client.subscriptions.cancel(id, params));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** What is not said now leaves what was said before. */
function toDetails(said: Cancellation | null): Stripe.SubscriptionUpdateParams.CancellationDetails {
  const { reason = null, feedback = null } = said ?? {};
  return {
    ...(reason !== null && { feedback: reason }),
    ...(feedback !== null && { comment: feedback }),
  };
}

/** Withdraws an end that is ahead. What was said about it goes with it. */
export async function keepSubscription(
  call: CallStripe,
  marks: PriceMarks,
  { subscription, idempotencyKey }: Parameters<ProviderEndings["keep"]>[0],
): Promise<void> {
  const current = await readLiving(call, subscription.id);
  if (current.cancel_at === null && !current.cancel_at_period_end) return;
  await makeWay(call, marks, current, idempotencyKey);
  await withdrawDate(call, current, idempotencyKey);
  // Stripe plans an end in either of two ways, and takes it back in the same one.
  const end = current.cancel_at_period_end ? { cancel_at_period_end: false } : {};
  const params = {
    ...end,
    proration_behavior: "none",
    cancellation_details: { comment: "", feedback: "" },
  } as const;
  const update = call((client) =>
    client.subscriptions.update(current.id, params, { idempotencyKey: `${idempotencyKey}:keep` }),
  );
  await underOwnKey(update);
}
