import { moveBalance } from "../../customers/customer-balance.js";
import { giveUpTax } from "../../tax/tax-location.js";
import type { Context } from "../../world/context.js";
import type { Customer, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";
import { settleBalance } from "../totals/settle-customer-balance.js";
import { applyCredits } from "./apply-credits.js";

/**
 * Settles an invoice that is being finalized against its customer's balance, and notes on the balance what was
 * used, taken up or carried over. https://docs.stripe.com/billing/customer/balance
 */
export const applyBalance = (world: World, ctx: Context, invoice: Invoice, customer: Customer): void => {
  giveUpTax(world, ctx, invoice);
  recomputeInvoice(world, invoice);
  applyCredits(world, ctx, invoice);
  recomputeInvoice(world, invoice);
  const settled = settleBalance(world, invoice, customer);
  invoice.ending_balance = settled.ending;
  const entry = { currency: invoice.currency, invoice: invoice.id };
  if (settled.applied !== 0)
    moveBalance(world, ctx, customer, { ...entry, amount: settled.applied, type: "applied_to_invoice" });
  if (settled.tooSmall !== 0)
    moveBalance(world, ctx, customer, { ...entry, amount: settled.tooSmall, type: "invoice_too_small" });
};

/** Gives back to the balance what a voided invoice used of it. */
export const unapplyBalance = (world: World, ctx: Context, invoice: Invoice, customer: Customer): void => {
  const used = (invoice.ending_balance ?? invoice.starting_balance) - invoice.starting_balance;
  if (used === 0) return;
  const { currency, id } = invoice;
  moveBalance(world, ctx, customer, { amount: -used, currency, invoice: id, type: "unapplied_from_invoice" });
};
