import { BillingError, type ProviderCheckout } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { idOrNull } from "../language/id-of.js";
import { metadataKeys, readMetadata } from "../language/names.js";
import { quantityOf } from "../language/quantity-of.js";
import { readMoney } from "../language/read-money.js";
import { toAgreement } from "../language/to-agreement.js";
import { toIsoTime } from "../language/to-iso-time.js";
import { readDebit } from "./read-debit.js";

/** A deleted customer can be told from an existing one only as a whole object, and what was saved is in its intent. */
const expand = ["customer", "setup_intent"];

export async function readCheckout(call: CallStripe, checkoutId: string): Promise<ProviderCheckout | null> {
  try {
    const session = await call((client) => client.checkout.sessions.retrieve(checkoutId, { expand }));
    const checkout = toCheckout(session);
    if (checkout.payment !== "processing") return checkout;
    return { ...checkout, payment: await readDebit(call, session) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export async function expireCheckout(call: CallStripe, checkoutId: string): Promise<void> {
  try {
    await call((client) => client.checkout.sessions.expire(checkoutId));
  } catch (error) {
    // Stripe has no code of its own for "no longer open": check whether that was it.
    const checkout = await readCheckout(call, checkoutId).catch(() => null);
    if (checkout === null || checkout.status === "open") throw error;
  }
}

export function toCheckout(session: Stripe.Checkout.Session): ProviderCheckout {
  const status = toStatus(session.status);
  return {
    id: session.id,
    providerCustomerId: isDeleted(session.customer) ? null : idOrNull(session.customer),
    status,
    payment: toPayment(session.payment_status, status),
    url: status === "open" ? session.url : null,
    clientSecret: status === "open" ? session.client_secret : null,
    expiresAt: toIsoTime(session.expires_at),
    subscriptionId: idOrNull(session.subscription),
    product: productOf(session),
    agreed: status === "complete" ? toAgreement(session, null) : null,
    ...(session.mode === "setup" && { paymentMethodId: savedIn(session) }),
  };
}

/** A bank account that is verified by two small deposits is not saved before somebody typed their amounts. */
function savedIn({ setup_intent }: Stripe.Checkout.Session): string | null {
  if (setup_intent === null || typeof setup_intent === "string") return null;
  return setup_intent.status === "succeeded" ? idOrNull(setup_intent.payment_method) : null;
}

function isDeleted(customer: Stripe.Checkout.Session["customer"]): boolean {
  return typeof customer === "object" && customer !== null && customer.deleted === true;
}

function toStatus(status: Stripe.Checkout.Session["status"]): ProviderCheckout["status"] {
  if (status === "open") return "open";
  if (status === "complete") return "complete";
  if (status === "expired") return "expired";
  throw new BillingError("provider_rejected", "The checkout is in a state that is not known here.");
}

/** Complete and unpaid: a bank debit that takes days, or that has failed meanwhile. */
function toPayment(
  payment: Stripe.Checkout.Session.PaymentStatus,
  status: ProviderCheckout["status"],
): ProviderCheckout["payment"] {
  if (payment === "paid") return "paid";
  if (payment === "no_payment_required") return "not_required";
  return status === "complete" ? "processing" : "unpaid";
}

/** What our own checkout buys once; `null` also where its metadata was changed into something that can't be read. */
function productOf(session: Stripe.Checkout.Session): ProviderCheckout["product"] {
  const { amount_total, currency, metadata } = session;
  const productId = readMetadata(metadata, metadataKeys.product);
  const quantity = quantityOf(session);
  if (productId === null || quantity === null || currency === null) return null;
  return { productId, quantity, ...readMoney(amount_total ?? 0, currency) };
}
