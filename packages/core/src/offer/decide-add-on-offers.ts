import { findAddOnPrice, maximumOf } from "../catalog/add-ons.js";
import type { AddOnDefinition, Catalog } from "../catalog/catalog.js";
import { reasonNotSold } from "../catalog/sell-add-on.js";
import { type AddOnLine, addOnLinesOf } from "../language/add-on-lines.js";
import type { Subscription } from "../language/subscription.js";
import { keepsItsGroup } from "../language/subscription-predicates.js";
import type { AddOnOffer, AddOnOffers } from "./add-on-offer.js";

/** What offers of add-ons follow from. */
interface Input {
  readonly catalog: Catalog;
  /** All of the customer's, what counts first. */
  readonly subscriptions: readonly Subscription[];
  /** The providers that can change a subscription. @default every one */
  readonly changers?: readonly string[];
}

/**
 * What may be done for a customer about each add-on that is for sale, or that they have. What a change would refuse is not
 * offered.
 *
 * @example
 * decideAddOnOffers({ catalog: plans, subscriptions: [] }).storage; // { kind: "checkout" }
 */
export function decideAddOnOffers(input: Input): AddOnOffers {
  const { catalog, subscriptions } = input;
  const running = subscriptions.filter(keepsItsGroup);
  const offers = Object.entries(catalog.addOns ?? {}).flatMap(([id, addOn]): [string, AddOnOffer][] => {
    const holder = running.find((one) => linesOf(one, id).length > 0);
    if (holder !== undefined) return [[id, offerOfHeld(input, id, addOn, holder)]];
    if (addOn.retired) return [];
    const made = running.map((one) => offerOfNew(input, id, addOn, one));
    // Of several subscriptions the one that takes it.
    return [[id, made.find(({ kind }) => kind === "add") ?? made[0] ?? { kind: "checkout" }]];
  });
  return Object.fromEntries(offers);
}

function linesOf(subscription: Subscription, id: string): readonly AddOnLine[] {
  return addOnLinesOf(subscription).filter(({ addOnId }) => addOnId === id);
}

function offerOfHeld(
  input: Input,
  id: string,
  addOn: AddOnDefinition,
  subscription: Subscription,
): AddOnOffer {
  const { interval, currency, pendingChange } = subscription;
  const lines = linesOf(subscription, id);
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  const to = pendingChange === null ? quantity : (pendingChange.addOns?.[id] ?? 0);
  if (pendingChange !== null && to !== quantity)
    return { kind: "pending", quantity, to, at: pendingChange.at };
  const [amount = null, ...others] = new Set(lines.map(({ unitAmount }) => unitAmount));
  const terms = { interval, currency, amount: others.length > 0 ? null : amount, maximum: maximumOf(addOn) };
  // Less of it may be agreed for the period's end although a payment is overdue.
  const changes = isChangeable(input, subscription) && subscription.status !== "unpaid";
  return { kind: "held", quantity, changes, ...terms };
}

function offerOfNew(
  input: Input,
  id: string,
  addOn: AddOnDefinition,
  subscription: Subscription,
): AddOnOffer {
  const { planId, interval, currency, status, pendingChange } = subscription;
  const taken = pendingChange?.addOns?.[id] ?? 0;
  if (pendingChange !== null && taken > 0) {
    return { kind: "pending", quantity: 0, to: taken, at: pendingChange.at };
  }
  const reason = reasonNotSold(input.catalog, id, addOn, { planId, interval, currency });
  if (reason === "included") return { kind: "included" };
  if (reason !== null) return { kind: reason === "plan" ? "not_for_plan" : "not_sold" };
  if (!isChangeable(input, subscription) || status === "past_due" || status === "unpaid") {
    return { kind: "not_changeable" };
  }
  const amount = findAddOnPrice(id, addOn, { interval, currency })?.amount ?? null;
  return { kind: "add", interval, currency, amount, maximum: maximumOf(addOn) };
}

function isChangeable({ changers }: Input, { provider, cancelAt, pause, status }: Subscription): boolean {
  const can = changers === undefined || changers.includes(provider);
  return can && cancelAt === null && pause === null && status !== "paused";
}
