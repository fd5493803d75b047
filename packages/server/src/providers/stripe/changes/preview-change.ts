import type { Catalog, ChangeCost, ProviderChange, ProviderChangePreview } from "@tollgate/core";
import type Stripe from "stripe";
import { idOf } from "../language/id-of.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { asAmount, type GivenPrice } from "./as-amount.js";
import {
  type Behavior,
  behaviorOf,
  type ChangeTerms,
  type ChangeTools,
  itemsAfter,
  readTerms,
  refuseManaged,
  stateOf,
  swapsInterval,
  toSeconds,
  toUpdate,
} from "./change-terms.js";
import { explainRefusal } from "./explain-refusal.js";
import { keptDiscounts, toGivenDiscounts } from "./kept-discounts.js";
import {
  balanceAfter,
  balanceWithout,
  isProration,
  nothingSettled,
  type Settled,
  settledBy,
  settledIn,
  toNextInvoice,
} from "./to-change-cost.js";
import { isOfArchivedPrice } from "./update-phases.js";

type Ask = (params: Stripe.InvoiceCreatePreviewParams) => Promise<Stripe.Invoice>;

/** What a change costs, by Stripe's own arithmetic (https://docs.stripe.com/api/invoices/create_preview). */
export async function previewChange(
  tools: ChangeTools,
  change: ProviderChange,
  catalog: Catalog,
): Promise<ProviderChangePreview> {
  const terms = await readTerms(tools, change, catalog);
  refuseManaged(terms);
  const ask: Ask = async (params) => {
    try {
      return await tools.call((client) => client.invoices.createPreview(params));
    } catch (error) {
      throw explainRefusal(error);
    }
  };
  return { cost: await askForCost(ask, terms), state: await stateOf(tools.call, terms) };
}

function askForCost(ask: Ask, terms: ChangeTerms): Promise<ChangeCost> {
  const behavior = behaviorOf(terms.change);
  if (terms.change.at === "period_end" || behavior === "none") return previewLater(ask, terms);
  return behavior === "always_invoice" ? previewNow(ask, terms) : previewWithNext(ask, terms);
}

/** Settled by an invoice of its own. */
async function previewNow(ask: Ask, terms: ChangeTerms): Promise<ChangeCost> {
  const invoice = await ask(withUpdate(terms, "always_invoice"));
  const renewal = await askForRenewal(ask, terms);
  const isMade = invoice.lines.data.some((line) => isOf(terms, line));
  // Where nothing is left to settle, it is the next renewal that Stripe shows.
  if (!isMade) return toCost(terms, nothingSettled, renewal, renewal.invoice.starting_balance);
  return toCost(terms, settledBy(invoice), renewal, balanceAfter(invoice), invoice.amount_due);
}

/** Settled with the next regular invoice. */
async function previewWithNext(ask: Ask, terms: ChangeTerms): Promise<ChangeCost> {
  const invoice = await ask(withUpdate(terms, "create_prorations"));
  const own = invoice.lines.data.filter((line) => isOf(terms, line));
  const next = { invoice, at: invoice.period_end };
  return toCost(terms, settledIn(own, invoice.currency), next, invoice.starting_balance);
}

/** Nothing is settled: what changes is what is billed from then on. */
async function previewLater(ask: Ask, terms: ChangeTerms): Promise<ChangeCost> {
  const renewal = await askForRenewal(ask, terms);
  return toCost(terms, nothingSettled, renewal, renewal.invoice.starting_balance);
}

interface Renewal {
  readonly invoice: Stripe.Invoice;
  /** In seconds. */
  readonly at: number;
}

/**
 * The first regular invoice after the change. Of the subscription itself where that is possible: it knows when discounts
 * end. A schedule that is about to go would show what it had planned, and a shorter interval would begin at once; there it
 * is what a subscription with these lines costs.
 */
async function askForRenewal(ask: Ask, terms: ChangeTerms): Promise<Renewal> {
  const { change, subscription, schedule } = terms;
  if (schedule === null && !(change.at === "period_end" && swapsInterval(terms))) {
    const invoice = await ask(withUpdate(terms, "none"));
    return { invoice, at: invoice.period_end };
  }
  const at = await askForPeriodEnd(ask, terms);
  const like = (give: (price: string) => GivenPrice) =>
    ask({
      customer: idOf(subscription.customer),
      discounts: keptDiscounts(terms).flatMap((discount) => toCoupon(discount, at)),
      automatic_tax: { enabled: subscription.automatic_tax.enabled },
      subscription_details: {
        items: itemsAfter(terms).map(({ price, quantity }) => ({
          ...give(price),
          ...(quantity !== undefined && { quantity }),
        })),
        default_tax_rates: (subscription.default_tax_rates ?? []).map(({ id }) => id),
      },
    });
  const invoice = await like((price) => ({ price })).catch((error: unknown) => {
    if (!isOfArchivedPrice(error)) throw error;
    return like((price) => asAmount(subscription, price));
  });
  return { invoice, at };
}

/** When the period ends that runs after the change, in seconds: another interval that begins now has another end. */
async function askForPeriodEnd(ask: Ask, terms: ChangeTerms): Promise<number> {
  const { change, item, price } = terms;
  if (change.at === "period_end" || !swapsInterval(terms)) return item.current_period_end;
  const { lines } = await ask(withUpdate(terms, "always_invoice"));
  const own = lines.data.find((line) => isOf(terms, line) && line.pricing?.price_details?.price === price);
  return own?.period.end ?? item.current_period_end;
}

/** A discount belongs to its subscription: to anything else only its coupon can be given, and one that has ended by then is not. */
function toCoupon({ end, source }: Stripe.Discount, at: number): { coupon: string }[] {
  if (source.coupon === null || (end !== null && end <= at)) return [];
  return [{ coupon: idOf(source.coupon) }];
}

function withUpdate(terms: ChangeTerms, behavior: Behavior): Stripe.InvoiceCreatePreviewParams {
  const subscription_details = toUpdate(terms, behavior);
  return { subscription: terms.subscription.id, subscription_details, ...toGivenDiscounts(terms) };
}

/** Whether this change makes the line, and not one before it that has not been billed yet. */
function isOf({ change }: ChangeTerms, line: Stripe.InvoiceLineItem): boolean {
  return isProration(line) && line.period.start === toSeconds(change.prorateFrom);
}

function toCost(
  { subscription }: ChangeTerms,
  settled: Settled,
  renewal: Renewal,
  balance: number,
  amountDue = 0,
): ChangeCost {
  const { currency } = renewal.invoice;
  const left = balanceWithout(subscription.latest_invoice, balance);
  return {
    currency,
    dueNow: fromStripeAmount(amountDue, currency),
    ...settled,
    credit: fromStripeAmount(Math.max(0, -balance), currency),
    nextInvoice: toNextInvoice(renewal.invoice, renewal.at, left),
  };
}
