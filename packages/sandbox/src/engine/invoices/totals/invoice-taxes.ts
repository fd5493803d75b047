import { automaticRate, placeOf } from "../../tax/automatic-tax.js";
import { type AppliedRate, taxLine } from "../../tax/tax-line.js";
import { containsTax } from "../../tax/tax-settings.js";
import { find } from "../../world/find.js";
import type { Invoice, InvoiceItem, InvoiceLine, Subscription, TaxRate } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { NetLine } from "./invoice-discounts.js";

type Tax = NonNullable<InvoiceLine["taxes"]>[number];

/** The invoice item that a line was made from, or undefined. */
const itemOf = (world: World, line: InvoiceLine): InvoiceItem | undefined =>
  find(
    world.invoiceItems,
    line.parent?.invoice_item_details?.invoice_item ?? line.parent?.subscription_item_details?.invoice_item,
  );

const itemRates = (world: World, line: InvoiceLine): TaxRate[] => {
  const details = line.parent?.subscription_item_details;
  const subscription = find<Subscription>(world.subscriptions, details?.subscription);
  const item = subscription?.items.data.find((one) => one.id === details?.subscription_item);
  const own = itemOf(world, line)?.tax_rates ?? [];
  return own.length > 0 ? own : (item?.tax_rates ?? []);
};

/** The rates that were chosen for a line: its own, its item's, or else the invoice's. */
const chosenRates = (world: World, invoice: Invoice, line: InvoiceLine): TaxRate[] => {
  const own = find(world.hidden.taxRatesOfLine, line.id);
  if (own) return own.flatMap((id) => find(world.taxRates, id) ?? []);
  const ofItem = itemRates(world, line);
  return ofItem.length > 0 ? ofItem : invoice.default_tax_rates;
};

const isInclusive = (world: World, line: InvoiceLine): boolean => {
  const said = find(world.hidden.taxBehaviorOfItem, itemOf(world, line)?.id);
  if (said) return said === "inclusive";
  const price = find(world.prices, line.pricing?.price_details?.price as string | undefined);
  return containsTax(world, price, line.currency) ?? false;
};

const isExempt = (invoice: Invoice): AppliedRate["reason"] | null => {
  if (invoice.customer_tax_exempt === "exempt") return "customer_exempt";
  return invoice.customer_tax_exempt === "reverse" ? "reverse_charge" : null;
};

const ratesOf = (world: World, invoice: Invoice, line: InvoiceLine): AppliedRate[] => {
  const free = isExempt(invoice);
  const chosen = chosenRates(world, invoice, line).map(
    (rate): AppliedRate => ({
      id: rate.id,
      percent: rate.percentage,
      inclusive: rate.inclusive,
      reason: "not_available",
    }),
  );
  const place = invoice.automatic_tax.enabled ? placeOf(world, invoice) : null;
  const rates =
    chosen.length === 0 && place ? [automaticRate(world, invoice, place, isInclusive(world, line))] : chosen;
  return free ? rates.map((rate) => ({ ...rate, percent: 0, reason: free })) : rates;
};

const addUp = (taxes: readonly Tax[]): Tax[] => {
  const totals = new Map<string, Tax>();
  for (const tax of taxes) {
    const key = JSON.stringify([tax.tax_rate_details, tax.tax_behavior, tax.taxability_reason]);
    const total = totals.get(key);
    if (!total) totals.set(key, { ...tax });
    else {
      total.amount += tax.amount;
      total.taxable_amount = (total.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    }
  }
  return [...totals.values()];
};

/**
 * Taxes every line on what its discounts left of it, and writes that on the lines and on the invoice. Returns
 * the inclusive tax in each line before the invoice's own discounts, for `subtotal_excluding_tax`.
 */
export const taxInvoice = (world: World, invoice: Invoice, lines: readonly NetLine[]): Tax[][] => {
  if (invoice.automatic_tax.enabled) {
    invoice.automatic_tax.provider = "stripe";
    invoice.automatic_tax.liability ??= { type: "self" };
    invoice.automatic_tax.status = placeOf(world, invoice) ? "complete" : "requires_location_inputs";
  }
  const before = lines.map(({ line, beforeInvoice, net }) => {
    const rates = ratesOf(world, invoice, line);
    line.taxes = taxLine(net, rates);
    return taxLine(beforeInvoice, rates);
  });
  invoice.total_taxes = addUp(lines.flatMap(({ line }) => line.taxes ?? []));
  return before;
};
