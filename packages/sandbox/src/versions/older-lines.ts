import { planOf } from "../engine/catalog/plan-of.js";
import { includedTax } from "../engine/tax/tax-line.js";
import { find } from "../engine/world/find.js";
import type { CreditNoteLine, InvoiceItem, InvoiceLine } from "../engine/world/wire.js";
import type { World } from "../engine/world/world.js";
import type { Form } from "./change.js";

type Tax = NonNullable<InvoiceLine["taxes"]>[number];

/** Taxes as they were before other kinds than tax rates could bring them. */
export const taxAmountsOf = (taxes: readonly Tax[] | null): Form[] =>
  (taxes ?? []).map((tax) => ({
    amount: tax.amount,
    inclusive: tax.tax_behavior === "inclusive",
    tax_rate: tax.tax_rate_details?.tax_rate ?? null,
    taxability_reason: tax.taxability_reason === "not_available" ? null : tax.taxability_reason,
    taxable_amount: tax.taxable_amount,
  }));

const detailsOf = ({ parent }: InvoiceLine) =>
  parent?.subscription_item_details ?? parent?.invoice_item_details ?? null;

/** What a line is for: an item of a subscription or an invoice item. */
export const lineOrigin = (line: InvoiceLine): Form => {
  const details = detailsOf(line);
  const item = details?.invoice_item;
  const part = line.parent?.subscription_item_details?.subscription_item;
  return {
    ...(item ? { invoice_item: item } : {}),
    ...(part ? { subscription_item: part } : {}),
    proration: details?.proration ?? false,
    proration_details: details?.proration_details ?? { credited_items: null },
    type: line.parent?.type === "subscription_item_details" && !item ? "subscription" : "invoiceitem",
  };
};

const priceOf = (world: World, pricing: InvoiceLine["pricing"] | InvoiceItem["pricing"]): Form => {
  const price = find(world.prices, pricing?.price_details?.price as string | undefined);
  return {
    price: structuredClone(price) ?? null,
    plan: price?.recurring ? structuredClone(planOf(price)) : null,
  };
};

/** A line's price, as an object. */
export const linePrice = ({ pricing }: InvoiceLine, world: World): Form => priceOf(world, pricing);

/** An invoice item's price, amount per unit and subscription. */
export const itemPrice = ({ pricing, parent }: InvoiceItem, world: World): Form => {
  const decimal = pricing?.unit_amount_decimal ?? null;
  const part = parent?.subscription_details?.subscription_item;
  return {
    ...priceOf(world, pricing),
    unit_amount: decimal !== null && Number.isInteger(Number(decimal)) ? Number(decimal) : null,
    unit_amount_decimal: decimal,
    subscription: parent?.subscription_details?.subscription ?? null,
    ...(part ? { subscription_item: part } : {}),
  };
};

const excludingTax = (amount: number, quantity: number | null, taxes: readonly Tax[]): Form => {
  const net = amount - includedTax(taxes);
  return { amount_excluding_tax: net, unit_amount_excluding_tax: String(quantity ? net / quantity : net) };
};

/** A line's taxes, and the rates behind them. */
export const lineTaxes = ({ amount, quantity, taxes }: InvoiceLine, world: World): Form => ({
  tax_amounts: taxAmountsOf(taxes),
  tax_rates: (taxes ?? []).flatMap((tax) => {
    const rate = find(world.taxRates, tax.tax_rate_details?.tax_rate as string | undefined);
    return rate ? [structuredClone(rate)] : [];
  }),
  ...excludingTax(amount, quantity, taxes ?? []),
});

export const noteLineTaxes = ({ amount, quantity, taxes }: CreditNoteLine): Form => ({
  tax_amounts: taxAmountsOf(taxes),
  ...excludingTax(amount, quantity, taxes ?? []),
});
