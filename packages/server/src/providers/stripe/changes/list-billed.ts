import { type BilledAtPrice, BillingError, costOf, type ProviderPage } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { timeOfAnswer } from "../client/time-of-read.js";
import { metadataKeys, readMetadata, type StripeNames } from "../language/names.js";
import { inCurrency, pricedOf } from "../language/price-terms.js";
import { readRateMark } from "../language/rate-mark.js";
import { findOwnSchedule } from "./own-schedule.js";

const pageSize = 100;

/**
 * Everything that is billed at a price; what has ended is not among it unless it is asked for
 * (https://docs.stripe.com/api/subscriptions/list#list_subscriptions-price).
 */
export async function listBilled(
  call: CallStripe,
  names: StripeNames,
  { priceId, after }: { readonly priceId: string; readonly after: string | null },
): Promise<ProviderPage<BilledAtPrice>> {
  const params = {
    price: priceId,
    limit: pageSize,
    expand: ["data.schedule"],
    ...(after !== null && { starting_after: after }),
  };
  const startedAt = performance.now();
  const page = await call((client) => client.subscriptions.list(params));
  const next = page.has_more ? (page.data.at(-1)?.id ?? null) : null;
  const items = page.data.flatMap((one) => toBilled(one, priceId, names));
  return { items, next, asOf: timeOfAnswer(page, performance.now() - startedAt) };
}

function toBilled(
  subscription: Stripe.Subscription,
  priceId: string,
  names: StripeNames,
): readonly BilledAtPrice[] {
  const item = subscription.items.data.find(({ price }) => price.id === priceId);
  if (item === undefined) return [];
  const { id: subscriptionId, currency } = subscription;
  const quantity = item.quantity ?? 1;
  const price = inCurrency(item.price, currency);
  const total = price === null ? null : totalOf(price, quantity);
  return [{ subscriptionId, quantity, currency, total, isHeld: isHeld(subscription, names) }];
}

/** A list shows no tiers: those of our own prices are in their metadata. */
function totalOf(price: Stripe.Price, quantity: number): number | null {
  const { amount, rate } = pricedOf(price);
  const known = rate ?? readRateMark(readMetadata(price.metadata, metadataKeys.rate)) ?? undefined;
  return costOf({ amount, rate: amount === null ? known : rate }, quantity);
}

function isHeld(subscription: Stripe.Subscription, names: StripeNames): boolean {
  try {
    findOwnSchedule(subscription, names);
    return false;
  } catch (error) {
    if (error instanceof BillingError && error.code === "foreign_schedule") return true;
    throw error;
  }
}
