import { BillingError, type InvoicePayment, type ProviderInvoices } from "@tollgate/core";
import type Stripe from "stripe";
import { intentOf, outcomeOf } from "../changes/pending-payment.js";
import type { CallStripe } from "../client/stripe-client.js";
import { stripeErrorOf } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { isOver } from "../language/ended.js";
import { idOrNull } from "../language/id-of.js";
import { fetchPaymentMethods } from "../payment-methods/list-payment-methods.js";

type Input = Pick<Parameters<NonNullable<ProviderInvoices["pay"]>>[0], "invoiceId" | "idempotencyKey"> & {
  /** Whether nobody is there whom their bank could ask. @default false */
  readonly offSession?: boolean;
};

const expand = [
  "payments.data.payment.payment_intent",
  "customer",
  "parent.subscription_details.subscription",
];

/**
 * Pays an open invoice (https://docs.stripe.com/api/invoices/pay). An invoice has one payment intent, so that two who pay
 * it at once charge it once. A payment that waits for its customer's bank is given again as it is, unless another card is
 * on file by now.
 */
export async function collectInvoice(call: CallStripe, input: Input): Promise<InvoicePayment> {
  const before = await readForPayment(call, input.invoiceId);
  const intent = intentOf(before);
  const payer = await choosePayer(call, before);
  const isWaiting = intent?.status === "requires_action" && idOrNull(intent.payment_method) === payer.id;
  if (before.status === "paid" || intent?.status === "processing" || isWaiting) return toPayment(before);
  if (payer.id === null && intent?.client_secret) {
    return { status: "requires_payment_method", clientSecret: intent.client_secret };
  }
  try {
    await charge(call, input, payer.instead);
    return toPayment(await readForPayment(call, input.invoiceId));
  } catch (error) {
    const refusal = stripeErrorOf(error);
    const isRefused = refusal?.statusCode === 402 || refusal?.statusCode === 400;
    const isRepeated = error instanceof BillingError && error.code === "answer_repeated";
    if (!isRefused || isRepeated) throw error;
    const after = await readForPayment(call, input.invoiceId);
    // Somebody else paid it at the same moment, or it was refused for no reason of the card's.
    if (refusal.statusCode === 400 && after.status === "open") throw error;
    return toPayment(after);
  }
}

/** Where the person is there, their bank may ask them. */
async function charge(
  call: CallStripe,
  { invoiceId, idempotencyKey, offSession = false }: Input,
  instead: string | null,
): Promise<void> {
  const params = { off_session: offSession, ...(instead !== null && { payment_method: instead }) };
  await underOwnKey(call((client) => client.invoices.pay(invoiceId, params, { idempotencyKey })));
}

export function readForPayment(call: CallStripe, invoiceId: string): Promise<Stripe.Invoice> {
  return call((client) => client.invoices.retrieve(invoiceId, { expand }));
}

export function toPayment(invoice: Stripe.Invoice): InvoicePayment {
  const outcome = outcomeOf(invoice);
  return outcome.status === "changed" ? { status: "paid" } : outcome;
}

/** A first checkout leaves its card to the subscription alone: for any other invoice we say what pays. */
async function choosePayer(call: CallStripe, invoice: Stripe.Invoice): Promise<Payer> {
  const payer = payerOf(invoice);
  const providerCustomerId = idOrNull(invoice.customer);
  if (payer.id !== null || providerCustomerId === null) return payer;
  const methods = await fetchPaymentMethods(call, { providerCustomerId });
  const id = methods.find(({ isDefault }) => isDefault)?.id ?? null;
  return { id, instead: id };
}

interface Payer {
  /** `null`: nothing is on file. */
  readonly id: string | null;
  /** What has to be named, because Stripe would charge something else by itself. */
  readonly instead: string | null;
}

/**
 * What Stripe charges for an invoice by itself
 * (https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority). A subscription that has
 * ended keeps naming a card that nobody can replace: there it is its customer's.
 */
function payerOf({ default_payment_method, default_source, customer, parent }: Stripe.Invoice): Payer {
  const subscription = parent?.subscription_details?.subscription;
  const billed = typeof subscription === "object" ? subscription : null;
  const payer = typeof customer === "object" && customer?.deleted !== true ? customer : null;
  const theirs = idOrNull(payer?.invoice_settings.default_payment_method);
  const instead = billed !== null && isOver(billed) ? theirs : null;
  const candidates = [
    instead,
    default_payment_method,
    default_source,
    billed?.default_payment_method,
    billed?.default_source,
    theirs,
    payer?.default_source,
  ];
  return { id: idOrNull(candidates.find((one) => one !== null && one !== undefined)), instead };
}
