import { BillingError, type CheckoutOffer } from "@tollgate/core";
import type { StripeNames } from "./names.js";
import type { CallStripe } from "./stripe-client.js";

/** Finds the id of the price that is sold now. */
export interface PriceBook {
  /** @throws BillingError `price_not_pushed`. */
  findPriceId(offer: CheckoutOffer): Promise<string>;
  /** Forgets what it knows: after a push, or when Stripe refused a price. */
  clear(): void;
}

/** How long an id is remembered, in milliseconds: a push in another process replaces prices. */
const rememberedFor = 60_000;

export function createPriceBook(call: CallStripe, names: StripeNames): PriceBook {
  const known = new Map<string, { readonly id: string; readonly until: number }>();
  return {
    async findPriceId(offer) {
      const key = lookupKeyOf(offer, names);
      const found = known.get(key);
      if (found !== undefined && found.until > Date.now()) return found.id;
      const { data } = await call((client) =>
        client.prices.list({ lookup_keys: [key], active: true, limit: 1 }),
      );
      const price = data[0];
      if (price === undefined) throw notPushed(key);
      known.set(key, { id: price.id, until: Date.now() + rememberedFor });
      return price.id;
    },
    clear: () => known.clear(),
  };
}

function lookupKeyOf(offer: CheckoutOffer, names: StripeNames): string {
  return offer.kind === "product"
    ? names.productLookupKey(offer.productId, offer.currency)
    : names.planLookupKey(offer.planId, offer.interval, offer.currency);
}

function notPushed(lookupKey: string): BillingError {
  return new BillingError(
    "price_not_pushed",
    "This price does not exist at the payment provider yet. Run billing.pushPlans() once after each change of the catalog.",
    { details: { lookupKey } },
  );
}
