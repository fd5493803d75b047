import { BillingError, type Invoice, type ProviderInvoices } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { timeOfAnswer } from "../client/time-of-read.js";
import { isMissing, refusedParam } from "../client/to-provider-error.js";
import { idOrNull } from "../language/id-of.js";
import { toInvoice } from "./to-invoice.js";

/** More than this were made in the time of one page by nobody who pays for a subscription. */
const mostCharges = 1_000;

/** A customer's invoices, the newest first (https://docs.stripe.com/api/invoices/list). */
export async function fetchInvoices(
  call: CallStripe,
  { providerCustomerId: customer, after, limit }: Parameters<ProviderInvoices["list"]>[0],
): ReturnType<ProviderInvoices["list"]> {
  const startedAt = performance.now();
  const params = { customer, limit, expand: ["data.payments"], ...(after && { starting_after: after }) };
  try {
    const page = await call((client) => client.invoices.list(params));
    const items = await withPayments(call, customer, page.data);
    const next = page.has_more ? (page.data.at(-1)?.id ?? null) : null;
    return { items, next, asOf: timeOfAnswer(page, performance.now() - startedAt) };
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Whoever turns pages shows the id of an invoice; anything else is no page of theirs.
    if (refusedParam(error) === "starting_after")
      throw new BillingError("invalid_query", "`after` is not the `next` of a page.", { cause: error });
    return { items: [], next: null, asOf: new Date().toISOString() };
  }
}

/** Somebody else's is not found, like a missing one. */
export async function readInvoice(
  call: CallStripe,
  { invoiceId, providerCustomerId }: Parameters<ProviderInvoices["read"]>[0],
): Promise<Invoice | null> {
  try {
    const invoice = await call((client) => client.invoices.retrieve(invoiceId, { expand: ["payments"] }));
    if (idOrNull(invoice.customer) !== providerCustomerId) return null;
    const read = await withPayments(call, providerCustomerId, [invoice]);
    return read[0] ?? toInvoice(invoice, []);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * With what charges say: their receipts, and what was paid back. They would be a fifth level of an invoice, and Stripe
 * expands four (https://docs.stripe.com/expand#depth), so those of the time in question are listed.
 */
async function withPayments(
  call: CallStripe,
  customer: string,
  invoices: readonly Stripe.Invoice[],
): Promise<readonly Invoice[]> {
  const made = invoices.filter(({ status }) => status !== "draft");
  const paid = made.filter(({ payments }) => payments?.data.some(({ status }) => status === "paid"));
  const charges = paid.length === 0 ? [] : await listCharges(call, customer, paid);
  const whole: Invoice[] = [];
  for (const invoice of made) whole.push(toInvoice(await withAllLines(call, invoice), charges));
  return whole;
}

function listCharges(
  call: CallStripe,
  customer: string,
  paid: readonly Stripe.Invoice[],
): Promise<readonly Stripe.Charge[]> {
  const ends = paid.flatMap(({ payments }) =>
    (payments?.data ?? []).map(({ status_transitions }) => status_transitions.paid_at ?? 0),
  );
  const created = { gte: Math.min(...paid.map((invoice) => invoice.created)), lte: Math.max(...ends) };
  return call((client) =>
    client.charges.list({ customer, created, limit: 100 }).autoPagingToArray({ limit: mostCharges }),
  );
}

/** An invoice comes with its first ten lines (https://docs.stripe.com/api/invoices/invoice_lines). */
async function withAllLines(call: CallStripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  if (!invoice.lines.has_more) return invoice;
  const data = await call((client) =>
    client.invoices.listLineItems(invoice.id, { limit: 100 }).autoPagingToArray({ limit: mostCharges }),
  );
  return { ...invoice, lines: { ...invoice.lines, data } };
}
