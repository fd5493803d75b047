import {
  BillingError,
  type Catalog,
  type CreditsOf,
  type CreditsTopUp,
  type Currency,
  chooseTopUp,
  isCreditsAmount,
  isMinorUnits,
  type TopUpTerms,
} from "@tollgate/core";
import { listAccounts } from "../customers/list-accounts.js";
import { checkCreditsOf, wrongOption } from "./check-credits-wish.js";
import type { CreditsContext } from "./credits-context.js";

/** What a customer wants to be bought by itself when their credits run low. */
export interface TopUpChoice<R extends string = string> {
  /** One is bought when fewer credits than this are available. */
  readonly threshold: number;
  /** A product of the catalog that grants these credits. */
  readonly productId: R;
  /** One of the product's. @default the first of them */
  readonly currency?: Currency;
  /** The most that is charged in a calendar month, in UTC; in minor units, at least what one costs. */
  readonly monthlyCap: number;
}

/** What is read of an automatic top-up; `null`: nobody ever chose one. */
export async function readTopUp(context: CreditsContext, of: CreditsOf): Promise<CreditsTopUp | null> {
  checkCreditsOf(context.catalog, of);
  const { customerId, credit } = of;
  return (await context.store.listCreditsAccounts(customerId))[credit]?.topUp ?? null;
}

/**
 * Switches an automatic top-up on, or off with `null`.
 *
 * @throws BillingError `unknown_product`, `unknown_price`, `invalid_options`, `invalid_quantity`, `not_supported`,
 * `not_a_customer`
 */
export async function setTopUp(
  context: CreditsContext,
  { topUp, ...given }: CreditsOf & { readonly topUp: TopUpChoice | null },
): Promise<CreditsTopUp | null> {
  checkCreditsOf(context.catalog, given);
  const { customerId, credit } = given;
  const of = { customerId, credit };
  const terms = topUp && decideTerms(context.catalog, credit, topUp);
  if (terms !== null) await checkPayer(context, customerId);
  return context.creditsDesk.run(context, of, {
    decide(state) {
      const chosen = chooseTopUp(state, terms);
      return { state: chosen, result: chosen.account.topUp ?? null };
    },
  });
}

function decideTerms(
  { products }: Pick<Catalog, "products">,
  credit: string,
  { threshold, productId, monthlyCap, currency }: TopUpChoice,
): TopUpTerms {
  const product = Object.hasOwn(products, productId) ? products[productId] : undefined;
  if (product === undefined || !Object.hasOwn(product.credits ?? {}, credit) || product.once === true) {
    throw new BillingError("unknown_product", "The catalog has no product of this name to top up with.");
  }
  if (!isCreditsAmount(threshold)) {
    throw new BillingError("invalid_quantity", "`threshold` must be a whole number of credits, 1 or more.");
  }
  const [first = ""] = Object.keys(product.price);
  const chosen = currency ?? first;
  const amount = Object.hasOwn(product.price, chosen) ? product.price[chosen] : undefined;
  if (amount === undefined) {
    throw new BillingError("unknown_price", "The product has no price in this currency.");
  }
  if (!isMinorUnits(monthlyCap) || monthlyCap < amount) {
    throw wrongOption("monthlyCap", "must be a whole number of minor units, at least what one costs");
  }
  return { threshold, productId, currency: chosen, amount, monthlyCap };
}

/** Somebody whom nothing can be charged to would find out only when their credits are gone. */
async function checkPayer(context: CreditsContext, customerId: string): Promise<void> {
  const [account] = await listAccounts(context, customerId);
  if (account === undefined) {
    throw new BillingError(
      "not_a_customer",
      "They have never paid, so that nothing is on file to top up with.",
    );
  }
  const { id, charges } = account.context.provider;
  if (charges !== undefined) return;
  const details = { provider: id };
  throw new BillingError("not_supported", "The payment provider can't be told to charge.", { details });
}
