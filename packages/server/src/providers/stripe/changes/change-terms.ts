import {
  BillingError,
  type Catalog,
  type CheckoutOffer,
  intervalParts,
  type ProviderChange,
} from "@tollgate/core";
import type Stripe from "stripe";
import type { PriceBook } from "../catalog/prices.js";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing, refusedParam } from "../client/to-provider-error.js";
import { digestOf } from "../language/digest-of.js";
import { idOrNull } from "../language/id-of.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";
import { findOwnSchedule } from "./own-schedule.js";

/** What a change is made with. */
export interface ChangeTools {
  readonly call: CallStripe;
  readonly names: StripeNames;
  readonly prices: PriceBook;
}

/** How the running period is settled: by an invoice at once, with the next one, or not at all. */
export type Behavior = "always_invoice" | "create_prorations" | "none";

/** A change, with what Stripe has of it. */
export interface ChangeTerms {
  readonly change: ProviderChange;
  readonly subscription: Stripe.Subscription;
  /** The line that changes. */
  readonly item: Stripe.SubscriptionItem;
  /** The price that it gets. */
  readonly price: string;
  /** The schedule that holds the subscription, which we may touch. */
  readonly schedule: Stripe.SubscriptionSchedule | null;
}

/**
 * Reads what a change is about.
 *
 * @throws BillingError `foreign_schedule`, `preview_outdated`, `price_not_pushed`, `subscription_ended`
 */
export async function readTerms(
  { call, names, prices }: ChangeTools,
  change: ProviderChange,
  catalog: Catalog,
): Promise<ChangeTerms> {
  const subscription = await readScheduled(call, change.subscription.id);
  const schedule = findOwnSchedule(subscription, names);
  const item = subscription.items.data.find(({ id }) => id === change.itemId);
  if (item === undefined) throw outdated();
  const { priceId, ...to } = change.to;
  const offer: CheckoutOffer = { kind: "subscription", ...to, trialDays: 0 };
  const price = priceId ?? (await prices.findPrice(offer, catalog, change.database)).id;
  return { change, subscription, item, price, schedule };
}

/** @throws BillingError `subscription_ended` when there is no such subscription */
export async function readScheduled(call: CallStripe, id: string): Promise<Stripe.Subscription> {
  try {
    const expand = ["schedule", "discounts", "latest_invoice"];
    return await call((client) => client.subscriptions.retrieve(id, { expand }));
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new BillingError("subscription_ended", "There is no such subscription any more.", { cause: error });
  }
}

export function outdated(cause?: unknown): BillingError {
  return new BillingError("preview_outdated", "Something has changed meanwhile. Look at the change again.", {
    cause,
  });
}

/**
 * What Stripe is told of a change, to preview it and to make it. We rely on the default of `billing_cycle_anchor`,
 * `unchanged`: in flexible billing mode a new interval is then settled for the rest of its period, like everything else
 * (https://docs.stripe.com/billing/subscriptions/billing-mode/compare).
 */
export function toUpdate({ change, item, price }: ChangeTerms, behavior: Behavior) {
  return {
    items: [{ id: item.id, price, quantity: change.to.quantity }],
    proration_behavior: behavior,
    // Stripe settles from now on if it is left out; a preview would then never be what is charged a minute later.
    ...(behavior !== "none" && { proration_date: toSeconds(change.prorateFrom) }),
  };
}

/** Whether the line is billed by another interval afterwards. */
export function swapsInterval({ change, item: { price } }: ChangeTerms): boolean {
  const { unit, count } = intervalParts(change.to.interval);
  return price.recurring?.interval !== unit || price.recurring.interval_count !== count;
}

/** What a change that takes effect now does about the running period. */
export function behaviorOf({ at, prorate }: ProviderChange): Behavior {
  if (!prorate) return "none";
  return at === "now" ? "always_invoice" : "create_prorations";
}

export function toSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** Names the state that a change leaves. Whether a schedule holds it is no part of it: that is released on the way. */
export function stateOf({ subscription }: ChangeTerms): Promise<string> {
  const items = subscription.items.data.map(({ id, price, quantity }) => [id, price.id, quantity]);
  const { latest_invoice, metadata, pending_update } = subscription;
  const mark = readMetadata(metadata, metadataKeys.change);
  return digestOf([items, idOrNull(latest_invoice), pending_update?.expires_at, mark]);
}

/** Stripe's refusal of a moment that is not in the running period: it was renewed since the preview. */
export function explainRefusal(error: unknown): unknown {
  return refusedParam(error)?.includes("proration_date") ? outdated(error) : error;
}
