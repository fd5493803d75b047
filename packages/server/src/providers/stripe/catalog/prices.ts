import { BillingError, type Catalog, type CheckoutOffer } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import type { BillingTerms } from "../client/stripe-terms.js";
import { idOf } from "../language/id-of.js";
import type { StripeNames } from "../language/names.js";
import { withTaxDefaults } from "../terms/with-tax-defaults.js";
import { databaseOf, ofAnotherDatabase } from "./catalog-owner.js";
import { findMapped, mappedIds } from "./find-mapped.js";
import type { PriceForSale } from "./for-sale.js";
import { findForSale, type PricedThing } from "./list-for-sale.js";
import { findUsageForSale } from "./list-usage-for-sale.js";
import { priceMismatch } from "./price-mismatch.js";

/** What is sold for an offer or an add-on: Stripe's price, which is what the catalog shows. */
export interface SoldPrice {
  readonly id: string;
  /** Stripe's id of what it is a price of. */
  readonly product: string;
  readonly wanted: PriceForSale;
  /** Whether somebody made it, and the options say what it is. */
  readonly isMapped: boolean;
}

/** Finds the price that is sold now. */
export interface PriceBook {
  /**
   * @throws BillingError `price_not_pushed` when there is none, or one that would charge something other than the
   * catalog shows; `price_not_mapped`, the same of what is not pushed; `catalog_of_another_database`
   */
  findPrice(thing: PricedThing, catalog: Catalog, database: string): Promise<SoldPrice>;
  /**
   * What is billed beside it for use.
   *
   * @throws BillingError like `findPrice`
   */
  findUsage(offer: CheckoutOffer, catalog: Catalog, database: string): Promise<readonly SoldPrice[]>;
  /** Forgets what it knows: after a push, or when Stripe refused a price. */
  clear(): void;
}

/** How long an id is remembered, in milliseconds: a push in another process replaces prices. */
const rememberedFor = 60_000;

export function createPriceBook(call: CallStripe, names: StripeNames, terms: BillingTerms): PriceBook {
  const known = new Map<string, { readonly id: string; readonly product: string; readonly until: number }>();
  const find = async (
    wanted: PriceForSale,
    ids: ReturnType<typeof mappedIds>,
    database: string,
  ): Promise<SoldPrice> => {
    const isMapped = ids !== null;
    // What is shown now must be what was found then.
    const { lookupKey, amount, rate, interval, taxBehavior } = wanted;
    const key = JSON.stringify([lookupKey, amount, rate, interval, taxBehavior, database]);
    const found = known.get(key);
    if (found !== undefined && found.until > Date.now()) {
      return { id: found.id, product: found.product, wanted, isMapped };
    }
    const price = isMapped
      ? await findMapped(call, wanted, ids)
      : await findPushed(call, names, wanted, database);
    const sold = { id: price.id, product: idOf(price.product) };
    known.set(key, { ...sold, until: Date.now() + rememberedFor });
    return { ...sold, wanted, isMapped };
  };
  return {
    async findPrice(offer, catalog, database) {
      const { thing, wanted } = findForSale(withTaxDefaults(catalog, terms), offer, names);
      return find(wanted, mappedIds(names, thing, wanted), database);
    },
    findUsage: (offer, catalog, database) =>
      Promise.all(
        findUsageForSale(withTaxDefaults(catalog, terms), offer, names).map((wanted) =>
          find(wanted, null, database),
        ),
      ),
    clear: () => known.clear(),
  };
}

async function findPushed(
  call: CallStripe,
  names: StripeNames,
  wanted: PriceForSale,
  database: string,
): Promise<Stripe.Price> {
  const price = await readPrice(call, wanted.lookupKey);
  if (price === undefined) throw notPushed(wanted, "does not exist at the payment provider yet");
  refuseForeign(price, names, database);
  const mismatch = priceMismatch(price, wanted);
  if (mismatch !== null) throw notPushed(wanted, `is not what the catalog shows: ${mismatch}`);
  return price;
}

async function readPrice(call: CallStripe, lookupKey: string): Promise<Stripe.Price | undefined> {
  const params = { lookup_keys: [lookupKey], active: true, limit: 1, expand: ["data.product", "data.tiers"] };
  const { data } = await call((client) => client.prices.list(params));
  return data[0];
}

/** Another database's catalog may be a colleague's: it is not ours to sell. */
function refuseForeign({ product }: Stripe.Price, { app }: StripeNames, database: string): void {
  if (typeof product === "string" || product.deleted) return;
  const owner = databaseOf(product);
  if (owner !== null && owner !== database) throw ofAnotherDatabase(app, owner, database);
}

/** @param what in words, after "This price" */
export function notPushed({ lookupKey }: PriceForSale, what: string): BillingError {
  return new BillingError(
    "price_not_pushed",
    `The price ${lookupKey} ${what}. Run billing.pushPlans() once after each change of the catalog.`,
    { details: { lookupKey } },
  );
}
