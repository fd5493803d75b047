import { addedTax, includedTax } from "../../tax/tax-line.js";
import { countRows } from "../../world/count-rows.js";
import { find } from "../../world/find.js";
import { rowsOf } from "../../world/owned-rows.js";
import type { Customer, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { discountInvoice } from "./invoice-discounts.js";
import { taxInvoice } from "./invoice-taxes.js";
import { settleBalance } from "./settle-customer-balance.js";

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Until it is finalized, an invoice shows its customer as they are now. */
const showCustomer = (world: World, invoice: Invoice, customer: Customer): void => {
  invoice.customer_address = customer.address ?? null;
  invoice.customer_email = customer.email;
  invoice.customer_name = customer.name ?? null;
  invoice.customer_phone = customer.phone ?? null;
  invoice.customer_shipping = customer.shipping ?? null;
  invoice.customer_tax_exempt = customer.tax_exempt ?? "none";
  invoice.customer_tax_ids = rowsOf(world, "txi", customer.id).map(({ type, value }) => ({
    type,
    value,
  }));
};

/**
 * Works a draft's amounts out from its lines, discounts and taxes; call it after every change of them. In order:
 * the lines' own discounts, the invoice's discounts, inclusive taxes, exclusive taxes, the customer's balance.
 */
export const recomputeInvoice = (world: World, invoice: Invoice): void => {
  const customer = find<Customer>(world.customers, invoice.customer as string | null);
  if (customer) showCustomer(world, invoice, customer);
  countRows(invoice.lines);
  const lines = discountInvoice(world, invoice);
  const before = taxInvoice(world, invoice, lines);
  const taxes = invoice.total_taxes ?? [];
  invoice.subtotal = sum(lines.map((line) => line.beforeInvoice));
  invoice.subtotal_excluding_tax = invoice.subtotal - sum(before.map(includedTax));
  invoice.total = sum(lines.map((line) => line.net)) + addedTax(taxes) + invoice.amount_shipping;
  invoice.total_excluding_tax = invoice.total - sum(taxes.map((tax) => tax.amount));
  const settled = settleBalance(world, invoice, customer);
  invoice.starting_balance = settled.starting;
  invoice.amount_due = settled.due;
  invoice.amount_remaining = settled.due;
};
