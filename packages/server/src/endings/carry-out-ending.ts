import { BillingError, type Cancellation, type Money, type Subscription } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { underKey } from "../idempotency/under-key.js";
import { applyRead } from "../sync/apply-read.js";
import { reportBefore } from "../usage/report-usage.js";
import { type Managed, readManaged, readTruth, type SubscriptionChoice } from "./read-managed.js";

/** What became of a wish. */
export interface EndingResult {
  /** `unchanged`: it was so already. `payment_pending`: it resumes once the new period is paid for. */
  readonly outcome: "done" | "unchanged" | "payment_pending";
  /** As the provider has it now, and as it is stored. */
  readonly subscription: Subscription;
  /** What is paid back for unused time; `null`: nothing. */
  readonly refunded: Money | null;
}

/** One kind of wish. */
export interface Ending<D> {
  /** What to do about it; `null`: nothing. */
  decide(subscription: Subscription, context: BillingContext): D | null;
  /** What the keys of its requests are made of, besides the state that it begins from; `once`: it happens once for good. */
  purpose(decision: D): { readonly name: string; readonly once: boolean };
  /** Asks the provider. */
  act(managed: Managed, decision: D, idempotencyKey: string): Promise<Money | null>;
  /** What the customer says about leaving. @default what is stored */
  readonly said?: Cancellation | null;
  /** Whether it waits for a payment, by what came of it. @default it never does */
  isPending?(after: Subscription): boolean;
}

/**
 * Decides from what the provider has now, asks it, and applies its answer at once, with the callbacks that its webhook
 * would bring: the webhook then changes nothing. Two clicks at once are one request, and a crash between any two steps is
 * made up for by the next click.
 *
 * @throws BillingError what is decided, and what the provider refuses
 */
export async function carryOutEnding<D>(
  everyone: BillingContext,
  choice: SubscriptionChoice,
  ending: Ending<D>,
): Promise<EndingResult> {
  const managed = await readManaged(everyone, choice);
  const { context, stored } = managed;
  const { subscription } = stored;
  const decision = ending.decide(subscription, context);
  if (decision === null) return { outcome: "unchanged", subscription, refunded: null };
  await reportBefore(context, subscription);
  const { name, once } = ending.purpose(decision);
  const state = once ? [] : [stored.revision, subscription.asOf];
  try {
    const refunded = await underKey(context, ["ending", subscription.id, name, ...state], (key) =>
      ending.act(managed, decision, key),
    );
    const after = await applyAnswer(context, subscription, ending.said);
    const outcome = ending.isPending?.(after) === true ? "payment_pending" : "done";
    return { outcome, refunded, subscription: after };
  } catch (error) {
    const after = await explainRefusal(context, subscription, error);
    // It may have come to what was wanted by another way; or there is now a reason that can be told.
    if (after === null || ending.decide(after, context) !== null) throw error;
    return { outcome: "unchanged", subscription: after, refunded: null };
  }
}

async function applyAnswer(
  context: BillingContext,
  { id, provider, customerId }: Subscription,
  said: Cancellation | null | undefined,
): Promise<Subscription> {
  const { store } = context;
  await applyRead(context, {
    provider,
    subscriptionId: id,
    customerId,
    said,
    cause: { kind: "command", name: "end" },
  });
  // Somebody is waiting for it, and the next request may reach another instance.
  await store.announceChanges();
  return (await readStored(context, id)).subscription;
}

async function readStored({ store, provider }: BillingContext, id: string) {
  const stored = await store.findStoredSubscription(id, provider.id);
  if (stored === null) throw new Error("A subscription that was saved is not stored.");
  return stored;
}

/** The state that a refusal may have come from; `null` for any other failure. */
async function explainRefusal(
  context: BillingContext,
  before: Subscription,
  error: unknown,
): Promise<Subscription | null> {
  if (!(error instanceof BillingError)) return null;
  if (error.code !== "provider_rejected" && error.code !== "subscription_ended") return null;
  const { subscription } = await readTruth(context, before.id);
  return subscription;
}
