import {
  type Catalog,
  type CheckoutChoice,
  type CheckoutOffer,
  type Currency,
  decideCheckout,
  decideIntro,
  decideTrial,
  isLive,
  type ProviderCheckout,
  seatsInUse,
} from "@tollgate/core";
import type { BillingContext, CatalogContext } from "../context/billing-context.js";
import type { Providers } from "../context/providers.js";
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
    ...("planId" in choice && { seatsInUse: seatsInUse(await context.store.listSeats(customerId)) }),
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

/** Whether the customer's one trial, or intro, can be offered; `changed`: decide again, one that offered it may have been paid. */
export type TrialWay = "free" | "changed" | "taken";

/**
 * Closes the checkouts in other slots that offer the customer's one trial, or intro, as well. Where the provider can't
 * close any, those that may still be paid keep it.
 */
export async function clearTrial(
  context: BillingContext,
  customerId: string,
  offer: CheckoutOffer,
): Promise<TrialWay> {
  if (trialDaysOf(offer) === 0 && !hasIntro(offer)) return "free";
  const { subscriptions, trialCheckouts: checkouts } = await readStanding(context, customerId);
  const staysOpen = staysOpenAt(context.providers);
  const decide = hasIntro(offer) ? decideIntro : decideTrial;
  const standing = decide({ subscriptions, checkouts, slot: slotOf(offer), staysOpen });
  if (standing === "free") return "free";
  if (standing === "used") return "changed";
  const after: (ProviderCheckout | null)[] = [];
  for (const other of standing.offeredBy) after.push(await closeCheckout(context, other));
  const isLeft =
    after.every((one) => one?.status !== "complete") && after.some((one) => one?.status === "open");
  return isLeft ? "taken" : "changed";
}

/** The providers that can't close a checkout. */
export function staysOpenAt({ all }: Providers): readonly string[] {
  return all.filter(({ checkout }) => checkout.close === undefined).map(({ id }) => id);
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

/** The same without what is only for a first subscription. */
export function withoutIntro(offer: CheckoutOffer): CheckoutOffer {
  if (offer.kind === "product") return offer;
  const { intro: _, ...plain } = offer;
  return plain;
}

/** What a code is for: it takes the place of a trial that is paid for. */
export function withoutPaidTrial(offer: CheckoutOffer): CheckoutOffer {
  return offer.kind === "product" || offer.trialPrice === undefined ? offer : untried(offer);
}

/** The same without any trial. */
export function untried(offer: Extract<CheckoutOffer, { kind: "subscription" }>): CheckoutOffer {
  const { trialPrice: _, ...free } = offer;
  return { ...free, trialDays: 0 };
}

export function hasIntro(offer: CheckoutOffer): boolean {
  return offer.kind === "subscription" && offer.intro !== undefined;
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
