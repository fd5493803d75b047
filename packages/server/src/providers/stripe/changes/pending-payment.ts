import type { ProviderChangeOutcome } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { idOrNull } from "../language/id-of.js";

/** The invoice of a change that waits for its payment. */
export async function readPendingInvoice(
  call: CallStripe,
  { latest_invoice }: Pick<Stripe.Subscription, "latest_invoice">,
): Promise<Stripe.Invoice | null> {
  const id = idOrNull(latest_invoice);
  if (id === null) return null;
  return call((client) => client.invoices.retrieve(id, { expand: ["payments.data.payment.payment_intent"] }));
}

/** How a payment that did not succeed at once stands (https://docs.stripe.com/billing/subscriptions/pending-updates). */
export function outcomeOf(invoice: Stripe.Invoice): ProviderChangeOutcome {
  const intent = intentOf(invoice);
  if (invoice.status === "paid") return { status: "changed" };
  if (intent?.status === "processing") return { status: "processing" };
  if (intent?.status === "requires_action" && intent.client_secret !== null) {
    return { status: "requires_action", clientSecret: intent.client_secret };
  }
  const { decline_code, code } = intent?.last_payment_error ?? {};
  return { status: "declined", reason: toReason(decline_code ?? code ?? null) };
}

/** Stripe asks to tell nobody of these (https://docs.stripe.com/declines/codes): a thief must not learn why. */
const secretReasons: ReadonlySet<string> = new Set([
  "fraudulent",
  "lost_card",
  "merchant_blacklist",
  "pickup_card",
  "stolen_card",
]);

function toReason(code: string | null): string | null {
  return code !== null && secretReasons.has(code) ? "generic_decline" : code;
}

/** Gives up a change that waits for its payment: a voided invoice takes it along. */
export async function dropPending(call: CallStripe, subscription: Stripe.Subscription): Promise<void> {
  if (subscription.pending_update === null) return;
  const invoice = await readPendingInvoice(call, subscription);
  if (invoice !== null) await voidInvoice(call, invoice);
}

export async function voidInvoice(call: CallStripe, { id, status }: Stripe.Invoice): Promise<void> {
  if (status === "open") await call((client) => client.invoices.voidInvoice(id));
}

/** How an invoice is paid: by the first of its payments, or by the one that it was made with where there are several. */
export function intentOf({ payments }: Stripe.Invoice): Stripe.PaymentIntent | null {
  const made = payments?.data ?? [];
  const payment = made.find(({ is_default }) => is_default) ?? made[0];
  const intent = payment?.payment.payment_intent;
  return intent === undefined || typeof intent === "string" ? null : intent;
}
