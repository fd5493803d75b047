import { BillingError, decideInvoicePayment, type Invoice } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { underKey } from "../idempotency/under-key.js";
import { applyRead } from "../sync/apply-read.js";
import { type InvoiceAccount, invoicesNotSupported, listInvoiceAccounts } from "./invoice-accounts.js";

/** Which invoice is paid. */
export interface InvoiceChoice {
  readonly customerId: string;
  readonly invoiceId: string;
}

/** What became of a payment that somebody asked for. */
export interface PaidInvoice {
  /**
   * `requires_action`: the browser confirms it with `clientSecret`. `requires_payment_method`: nothing is on file, and the
   * person enters what pays, with the same secret. `processing`: the money is on its way.
   */
  readonly status: "paid" | "processing" | "requires_action" | "requires_payment_method";
  /** `null` where there is nothing to confirm. */
  readonly clientSecret: string | null;
}

/**
 * Pays an open invoice, and applies what follows for its subscription at once: a webhook that comes later changes
 * nothing. Two clicks at once are one charge.
 *
 * @throws BillingError what `decideInvoicePayment` throws; `payment_failed`, `not_supported`
 */
export async function payInvoice(
  everyone: BillingContext,
  { customerId, invoiceId }: InvoiceChoice,
): Promise<PaidInvoice> {
  const { account, invoice } = await findInvoice(everyone, customerId, invoiceId);
  const { context, invoices, link } = account;
  const { provider } = context;
  if (invoices.pay === undefined) throw invoicesNotSupported(provider.id, "be told to collect an invoice");
  const { providerCustomerId } = link;
  const pay = invoices.pay;
  const paid = await underKey(context, ["pay-invoice", provider.id, invoiceId], (idempotencyKey) =>
    pay({ invoiceId, providerCustomerId, idempotencyKey }),
  );
  await applySubscription(context, customerId, invoice);
  if (paid.status === "declined") throw declined(paid.reason);
  return { status: paid.status, clientSecret: "clientSecret" in paid ? paid.clientSecret : null };
}

async function findInvoice(
  everyone: BillingContext,
  customerId: string,
  invoiceId: string,
): Promise<{ readonly account: InvoiceAccount; readonly invoice: Invoice }> {
  const accounts = await listInvoiceAccounts(everyone, customerId);
  // An id of another shape is a part of an address that nobody should send on.
  for (const account of /^\w{1,255}$/.test(invoiceId) ? accounts : []) {
    const { providerCustomerId } = account.link;
    const invoice = await account.invoices.read({ invoiceId, providerCustomerId });
    if (invoice !== null) return { account, invoice: decideInvoicePayment(invoice) };
  }
  return decideInvoicePayment<never>(null);
}

/** A payment ends being past due, and makes a change happen that waited for it. */
async function applySubscription(
  context: BillingContext,
  customerId: string,
  { subscriptionId }: Invoice,
): Promise<void> {
  if (subscriptionId === null) return;
  await applyRead(context, {
    provider: context.provider.id,
    subscriptionId,
    customerId,
    cause: { kind: "command", name: "pay" },
  });
  // Somebody is waiting for it, and the next request may reach another instance.
  await context.store.announceChanges();
}

function declined(reason: string | null): BillingError {
  const message = "The payment was declined, and the invoice stays open. Try another card.";
  return new BillingError("payment_failed", message, { ...(reason !== null && { details: { reason } }) });
}
