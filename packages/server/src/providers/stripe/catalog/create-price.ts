import { type Interval, intervalParts } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { underNextKey } from "../client/under-own-key.js";
import { digestOf } from "../language/digest-of.js";
import { metadataKeys } from "../language/names.js";
import { toScheme } from "../language/price-terms.js";
import type { ForSale, PriceForSale } from "./for-sale.js";

/**
 * Two pushes at once create one price: the key says what it replaces and what it is.
 *
 * @param replaces The id of the price whose lookup key it takes over.
 */
export async function createPrice(
  call: CallStripe,
  thing: ForSale,
  wanted: PriceForSale,
  replaces: string | null,
): Promise<Stripe.Price> {
  const { lookupKey, currency, interval, taxBehavior, metadata } = wanted;
  // We rely on: for sale (`active`), per unit where nothing else is said, billed in advance for its quantity
  // (`usage_type: licensed`), no trial of its own. Where `tax_behavior` is left to the account's tax settings, and there is no
  // default, Stripe's portal switches no prices once Stripe Tax is on.
  const params: Stripe.PriceCreateParams = {
    product: thing.stripeId,
    currency,
    ...toScheme(wanted),
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    metadata: { ...metadata },
    ...(taxBehavior && { tax_behavior: taxBehavior }),
    ...(interval !== null && { recurring: toRecurring(interval, wanted.usage) }),
  };
  const key = await digestOf(["price", thing.metadata[metadataKeys.database], replaces, params]);
  return underNextKey(key, (idempotencyKey) =>
    call((client) => client.prices.create(params, { idempotencyKey })),
  );
}

function toRecurring(interval: Interval, usage: PriceForSale["usage"]): Stripe.PriceCreateParams.Recurring {
  const { unit, count } = intervalParts(interval);
  const counted = usage?.meter === undefined ? {} : { usage_type: "metered" as const, meter: usage.meter };
  return { interval: unit, interval_count: count, ...counted };
}
