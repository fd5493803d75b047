import { type Context, seconds } from "../../world/context.js";
import { change, emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Customer, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { returnCredits } from "./apply-credits.js";
import { unapplyBalance } from "./apply-customer-balance.js";
import { paymentsOf } from "./invoice-payment.js";
import { cancelIntents } from "./mark-invoice-paid.js";

const notOpen = "You can only pass in open invoices. This invoice isn't open.";

/** Gives up an open invoice; it can no longer be paid. */
export const voidInvoice = (world: World, ctx: Context, invoice: Invoice): Invoice => {
  if (paymentsOf(world, invoice.id).some((payment) => payment.status === "paid"))
    throw invalidRequest("Invoices with `paid` payments cannot be voided.");
  if (invoice.status !== "open" && invoice.status !== "uncollectible") throw invalidRequest(notOpen);
  change(world, ctx, "invoice.updated", invoice, (draft) => {
    draft.status = "void";
    delete draft.status_details;
    draft.auto_advance = false;
    draft.next_payment_attempt = null;
    draft.status_transitions.voided_at = seconds(ctx);
  });
  cancelIntents(world, ctx, invoice);
  const customer = find<Customer>(world.customers, invoice.customer as string | null);
  if (customer) unapplyBalance(world, ctx, invoice, customer);
  returnCredits(world, ctx, invoice);
  emit(world, ctx, "invoice.voided", invoice);
  return invoice;
};

type Forgiven = "subscription_canceled" | "subscription_paused" | "user_forgiven";

/** Notes that an open invoice's money is no longer expected; it can still come. */
export const markUncollectible = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  reason: Forgiven,
): Invoice => {
  if (invoice.status === "uncollectible")
    throw invalidRequest("This invoice has already been marked uncollectible.");
  if (invoice.status !== "open") throw invalidRequest(notOpen);
  return forgive(world, ctx, invoice, reason);
};

/**
 * Gives up the last invoice of a cancelled subscription that owes something to its customer: it gets no number, and
 * the customer no credit.
 */
export const giveUpDraft = (world: World, ctx: Context, invoice: Invoice): void => {
  if (invoice.status === "draft") forgive(world, ctx, invoice, "subscription_canceled");
};

const forgive = (world: World, ctx: Context, invoice: Invoice, reason: Forgiven): Invoice => {
  change(world, ctx, "invoice.updated", invoice, (draft) => {
    draft.status = "uncollectible";
    draft.status_details = { uncollectible: { reason } };
    draft.auto_advance = false;
    draft.automatically_finalizes_at = null;
    draft.next_payment_attempt = null;
    draft.status_transitions.marked_uncollectible_at = seconds(ctx);
  });
  emit(world, ctx, "invoice.marked_uncollectible", invoice);
  return invoice;
};
