import {
  type Catalog,
  type CheckoutChoice,
  type CheckoutOffer,
  type Currency,
  decideCheckout,
  decideTrial,
  isLive,
} from "@tollgate/core";
import type { BillingContext, CatalogContext } from "../context/billing-context.js";
import { closeCheckout } from "./close-checkout.js";

/**
 * Decides about a choice by what is stored now.
 *
 * @throws BillingError as `decideCheckout`
 */
export async function decideOffer(
  context: CatalogContext,
  customerId: string,
  choice: CheckoutChoice,
): Promise<CheckoutOffer> {
  return decideCheckout({
    catalog: context.catalog,
    choice,
    seller: context.provider.id,
    ...(await readStanding(context, customerId)),
    ...(sellsOnce(context.catalog, choice) && { owned: await readOwned(context, customerId) }),
  });
}

/** Whether it is a product that each customer may buy once. */
export function sellsOnce({ products }: Catalog, choice: CheckoutChoice | CheckoutOffer): boolean {
  if (!("productId" in choice)) return false;
  return Object.hasOwn(products, choice.productId) && products[choice.productId]?.once === true;
}

async function readOwned(context: BillingContext, customerId: string) {
  const { providers, store } = context;
  const facts = await store.readAccessFacts(customerId, providers.ids, context.clock());
  return Object.fromEntries(facts.purchases.map(({ productId, quantity }) => [productId, quantity]));
}

/**
 * Closes the checkouts in other slots that offer the customer's one trial as well.
 *
 * @returns whether there was none; otherwise decide again: one of them may have been paid
 */
export async function hasTrialToItself(
  context: BillingContext,
  customerId: string,
  offer: CheckoutOffer,
): Promise<boolean> {
  if (trialDaysOf(offer) === 0) return true;
  const { subscriptions, trialCheckouts: checkouts } = await readStanding(context, customerId);
  const standing = decideTrial({ subscriptions, checkouts, slot: slotOf(offer) });
  if (standing === "free") return true;
  if (standing !== "used") for (const other of standing.offeredBy) await closeCheckout(context, other);
  return false;
}

/** What may be open only once per customer: one plan of each group, one of each product. */
export function slotOf(offer: CheckoutOffer): string {
  return offer.kind === "subscription" ? `plan:${offer.group}` : `product:${offer.productId}`;
}

/** The currency that a customer is billed in, by whoever sells if they are; `null` when they have nothing running. */
export async function findCurrency(context: BillingContext, customerId: string): Promise<Currency | null> {
  const { provider, store } = context;
  const live = (await store.listSubscriptions(customerId)).filter(isLive);
  const sold = live.find((one) => one.provider === provider.id);
  return (sold ?? live[0])?.currency ?? null;
}

export function trialDaysOf(offer: CheckoutOffer): number {
  return offer.kind === "subscription" ? offer.trialDays : 0;
}

async function readStanding(context: BillingContext, customerId: string) {
  const { store } = context;
  const [subscriptions, trialCheckouts] = await Promise.all([
    store.listSubscriptions(customerId),
    store.listTrialCheckouts(customerId),
  ]);
  return { subscriptions, trialCheckouts };
}
