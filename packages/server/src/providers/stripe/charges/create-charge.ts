import { BillingError, type InvoicePayment, type ProviderCharge, type ProviderCharges } from "@tollgate/core";
import type Stripe from "stripe";
import { voidInvoice } from "../changes/pending-payment.js";
import type { CallStripe } from "../client/stripe-client.js";
import type { BillingTerms } from "../client/stripe-terms.js";
import { aboutCustomer, refusalCode } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { requireCurrency } from "../credit/credit.js";
import { collectInvoice, readForPayment, toPayment } from "../invoices/collect-invoice.js";
import { metadataKeys, readMetadata } from "../language/names.js";
import { toStripeAmount } from "../language/stripe-amount.js";

type Input = Parameters<ProviderCharges["create"]>[0];

/** One that is this old was made by another call, long ago. */
const mostInvoices = 1_000;

/**
 * Charges by an invoice with one line (https://docs.stripe.com/invoicing/integration). It is marked, and looked for first,
 * because Stripe forgets a key after a day: whoever comes back after a crash does what is left. One that is not paid at
 * once is void, unless its customer can still confirm it.
 */
export async function createCharge(
  call: CallStripe,
  input: Input,
  { automaticTax }: Pick<BillingTerms, "automaticTax">,
): Promise<ProviderCharge> {
  await requireCurrency(call, input.providerCustomerId, input.money);
  const found = (await findInvoice(call, input)) ?? (await createInvoice(call, input, automaticTax));
  if (found.status === "draft") await finish(call, found, input);
  const invoice = await readForPayment(call, found.id);
  checkSame(invoice, input);
  if (invoice.status === "void") return { invoiceId: invoice.id, payment: toPayment(invoice) };
  const payment = await collectInvoice(call, {
    invoiceId: invoice.id,
    idempotencyKey: `${input.idempotencyKey}:pay`,
    offSession: true,
  });
  if (payment.status === "declined" || payment.status === "requires_payment_method") {
    await voidInvoice(call, await readForPayment(call, invoice.id));
  }
  return { invoiceId: invoice.id, payment };
}

async function findInvoice(
  call: CallStripe,
  { providerCustomerId: customer, reference }: Input,
): Promise<Stripe.Invoice | null> {
  const all = await call((client) =>
    client.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: mostInvoices }),
  );
  return all.find(({ metadata }) => readMetadata(metadata, metadataKeys.charge) === reference) ?? null;
}

/** Nothing that waits for another invoice is drawn in: `pending_invoice_items_behavior` is `exclude` by default. */
async function createInvoice(
  call: CallStripe,
  { providerCustomerId: customer, money, description, reference, idempotencyKey }: Input,
  automaticTax: boolean,
): Promise<Stripe.Invoice> {
  const params = {
    customer,
    currency: money.currency,
    description,
    auto_advance: false,
    ...(automaticTax && { automatic_tax: { enabled: true } }),
    metadata: { [metadataKeys.charge]: reference },
  };
  const request = call((client) =>
    client.invoices.create(params, { idempotencyKey: `${idempotencyKey}:invoice` }),
  );
  return underOwnKey(aboutCustomer(request));
}

async function finish(
  call: CallStripe,
  { id: invoice, lines, automatic_tax }: Stripe.Invoice,
  { providerCustomerId: customer, money, description, idempotencyKey }: Input,
): Promise<void> {
  if (lines.data.length === 0) {
    const { currency } = money;
    const amount = toStripeAmount(money, description);
    // What was named is what is charged: any tax is part of it.
    const inside = automatic_tax.enabled ? { tax_behavior: "inclusive" as const } : {};
    const item = { customer, invoice, currency, description, amount, ...inside };
    const key = { idempotencyKey: `${idempotencyKey}:item` };
    await underOwnKey(call((client) => client.invoiceItems.create(item, key)));
  }
  const final = { auto_advance: false };
  const key = { idempotencyKey: `${idempotencyKey}:finalize` };
  const finalized = call((client) => client.invoices.finalizeInvoice(invoice, final, key));
  await underOwnKey(
    finalized.catch((error: unknown) => {
      throw explainPlace(error);
    }),
  );
}

/** https://docs.stripe.com/tax/customer-locations */
function explainPlace(error: unknown): unknown {
  if (refusalCode(error) !== "customer_tax_location_invalid") return error;
  return new BillingError(
    "provider_rejected",
    "Where the customer lives is not known, so that no tax can be worked out: a checkout asks for it, or set the " +
      "customer's address at Stripe.",
    { cause: error },
  );
}

function checkSame({ currency, lines }: Stripe.Invoice, { money, description }: Input): void {
  const charged = lines.data.reduce((sum, { amount }) => sum + amount, 0);
  if (currency === money.currency && charged === toStripeAmount(money, description)) return;
  throw new BillingError("invalid_idempotency_key", "Something else was charged under this key.");
}

/**
 * A payment intent that waits for its customer is canceled along with its invoice
 * (https://docs.stripe.com/invoicing/overview#void-invoices).
 */
export async function withdrawCharge(
  call: CallStripe,
  { invoiceId }: Parameters<NonNullable<ProviderCharges["withdraw"]>>[0],
): Promise<InvoicePayment> {
  const invoice = await readForPayment(call, invoiceId);
  const payment = toPayment(invoice);
  if (payment.status === "paid" || payment.status === "processing") return payment;
  await voidInvoice(call, invoice);
  return { status: "declined", reason: null };
}
