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
import { isMissing } from "../client/to-provider-error.js";
import { digestOf } from "../language/digest-of.js";
import { endedError, isOver } from "../language/ended.js";
import { idOrNull } from "../language/id-of.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";
import { explainRefusal, outdated } from "./explain-refusal.js";
import { lineOf } from "./line-of.js";
import { findOwnSchedule } from "./own-schedule.js";
import type { NextItem } from "./phases.js";
import { type AddOnSwap, swapAddOns } from "./swap-add-ons.js";
import { swapUsage, type UsageSwap } from "./swap-usage.js";

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
  /** What its plan is charged for use, before and after. */
  readonly usage: UsageSwap;
  readonly addOns: AddOnSwap;
  readonly names: StripeNames;
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
  if (isOver(subscription)) throw endedError();
  const schedule = findOwnSchedule(subscription, names);
  const item = subscription.items.data.find(({ id }) => id === change.itemId);
  if (item === undefined) throw outdated();
  const { priceId, addOns: wanted = [], ...to } = change.to;
  const { interval, currency } = to;
  const addOns = await swapAddOns(subscription, wanted, names, async (addOnId) => {
    const thing = { kind: "add_on", addOnId, interval, currency } as const;
    return (await prices.findPrice(thing, catalog, change.database)).id;
  });
  const read = { change, subscription, item, addOns, names, schedule };
  if (priceId !== null) return { ...read, price: priceId, usage: { removed: [], added: [] } };
  const offer: CheckoutOffer = { kind: "subscription", ...to, trialDays: 0 };
  const price = (await prices.findPrice(offer, catalog, change.database)).id;
  const counted = await prices.findUsage(offer, catalog, change.database);
  return { ...read, price, usage: swapUsage(subscription, item, names, counted) };
}

/** @throws BillingError `subscription_ended` when there is no such subscription */
export async function readScheduled(call: CallStripe, id: string): Promise<Stripe.Subscription> {
  try {
    const expand = ["schedule.phases.items.price", "discounts", "latest_invoice"];
    return await call((client) => client.subscriptions.retrieve(id, { expand }));
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw endedError(error);
  }
}

/**
 * Where Stripe sells itself, it lets nobody say how a payment may fail (https://github.com/laravel/cashier-stripe/issues/1775):
 * a change that is billed at once could be half made.
 */
export function refuseManaged({ subscription, change }: ChangeTerms): void {
  if (subscription.managed_payments?.enabled !== true || change.at !== "now" || !change.prorate) return;
  throw new BillingError(
    "not_supported",
    "Stripe sells this subscription itself (Managed Payments), and does not let a change be paid for at once: make it " +
      "with the next invoice or at the end of the period.",
  );
}

/**
 * What Stripe is told of a change, to preview it and to make it. We rely on the default of `billing_cycle_anchor`,
 * `unchanged`: in flexible billing mode a new interval is then settled for the rest of its period, like everything else
 * (https://docs.stripe.com/billing/subscriptions/billing-mode/compare).
 */
export function toUpdate({ change, item, price, usage, addOns }: ChangeTerms, behavior: Behavior) {
  return {
    items: [
      { id: item.id, price, quantity: change.to.quantity },
      ...usage.removed.map(({ id }) => ({ id, deleted: true })),
      ...usage.added.map((counted) => ({ price: counted.price })),
      ...addOns.changed.map(({ id, price: own, quantity }) => ({ id, price: own, quantity })),
      ...addOns.removed.map(({ id }) => ({ id, deleted: true })),
      ...addOns.added.map(({ price: own, quantity }) => ({ price: own, quantity })),
    ],
    proration_behavior: behavior,
    // Stripe settles from now on if it is left out; a preview would then never be what is charged a minute later.
    ...(behavior !== "none" && { proration_date: toSeconds(change.prorateFrom) }),
  };
}

/** The lines of the subscription once the change is made; what is counted has no quantity. */
export function itemsAfter(terms: ChangeTerms): readonly NextItem[] {
  const { change, subscription, item, price, usage, addOns, names } = terms;
  const gone = new Set([...usage.removed, ...addOns.removed]);
  const kept = subscription.items.data.flatMap((one): readonly NextItem[] => {
    const line = lineOf(one.price, names);
    if (one.id === item.id) return [{ line, price, quantity: change.to.quantity }];
    if (gone.has(one)) return [];
    const swapped = addOns.changed.find(({ id }) => id === one.id);
    if (swapped !== undefined) return [{ line, price: swapped.price, quantity: swapped.quantity }];
    return [{ line, price: one.price.id, ...(one.quantity !== undefined && { quantity: one.quantity }) }];
  });
  return [
    ...kept,
    ...usage.added.map((counted) => ({ line: `usage:${counted.feature}`, price: counted.price })),
    ...addOns.added.map(({ addOnId, price: own, quantity }) => ({
      line: `addon:${addOnId}`,
      price: own,
      quantity,
    })),
  ];
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
export async function stateOf(call: CallStripe, terms: ChangeTerms): Promise<string> {
  const { subscription, usage } = terms;
  const items = subscription.items.data.map(({ id, price, quantity }) => [id, price.id, quantity]);
  const { latest_invoice, metadata, pending_update } = subscription;
  const mark = readMetadata(metadata, metadataKeys.change);
  const used = usage.removed.length === 0 ? [] : [await readUsed(call, terms)];
  return digestOf([items, idOrNull(latest_invoice), pending_update?.expires_at, mark, ...used]);
}

/** What was used of what goes: the change bills it (https://docs.stripe.com/billing/subscriptions/billing-mode/compare). */
async function readUsed(call: CallStripe, terms: ChangeTerms): Promise<unknown> {
  const removed = new Set(terms.usage.removed.map(({ price }) => price.id));
  const subscription_details = toUpdate(terms, "always_invoice");
  const params = { subscription: terms.subscription.id, subscription_details };
  try {
    const { lines } = await call((client) => client.invoices.createPreview(params));
    return lines.data
      .map(({ pricing, quantity }) => [pricing?.price_details?.price, quantity])
      .filter(([price]) => typeof price === "string" && removed.has(price));
  } catch (error) {
    throw explainRefusal(error);
  }
}
