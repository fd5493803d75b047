import { BillingError, type CreateCheckoutInput, type ProviderCheckout } from "@tollgate/core";
import type Stripe from "stripe";
import { isNotForSale, toCheckoutRefusal } from "./checkout-refusal.js";
import { idOrNull } from "./id-of.js";
import { metadataKeys, type StripeNames } from "./names.js";
import type { PriceBook } from "./prices.js";
import { readDebit } from "./read-debit.js";
import type { CallStripe } from "./stripe-client.js";
import { toIsoTime } from "./to-iso-time.js";
import { aboutCustomer, isMissing } from "./to-provider-error.js";
import { underOwnKey } from "./under-own-key.js";

export async function createCheckout(
  call: CallStripe,
  names: StripeNames,
  prices: PriceBook,
  input: CreateCheckoutInput,
): Promise<ProviderCheckout> {
  try {
    return await openSession(call, names, prices, input);
  } catch (error) {
    prices.clear();
    // The price that was remembered was replaced meanwhile; another one may be sold in its place.
    if (isNotForSale(error)) return openSession(call, names, prices, input);
    throw error;
  }
}

async function openSession(
  call: CallStripe,
  names: StripeNames,
  prices: PriceBook,
  input: CreateCheckoutInput,
): Promise<ProviderCheckout> {
  const price = await prices.findPriceId(input.offer);
  const params = toSessionParams(input, names, price);
  // A price that was replaced makes another checkout of the same wish.
  const idempotencyKey = `${input.idempotencyKey}:${price}`;
  const session = call((client) => client.checkout.sessions.create(params, { idempotencyKey }));
  const explained = session.catch((error: unknown) => {
    throw toCheckoutRefusal(error, input.offer);
  });
  return toCheckout(await aboutCustomer(underOwnKey(explained)));
}

/** A deleted customer is told from a living one only when it is whole. */
const expand = ["customer"];

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
    // Stripe has no code of its own for "no longer open": look whether that was it.
    const checkout = await readCheckout(call, checkoutId).catch(() => null);
    if (checkout === null || checkout.status === "open") throw error;
  }
}

function toSessionParams(
  input: CreateCheckoutInput,
  names: StripeNames,
  price: string,
): Stripe.Checkout.SessionCreateParams {
  const { offer, customerId } = input;
  // We rely on these defaults: 24 hours until it expires, a card even where nothing is due now
  // (`payment_method_collection: always`), no promotion codes, nothing collected for taxes or shipping and nothing
  // written to the customer (`customer_update: never`), the browser's language, no card kept after a payment
  // (`setup_future_usage`) and no invoice of it, and, of subscriptions, flexible billing and an invoice when a
  // trial ends.
  const shared = {
    ui_mode: "hosted_page",
    // Left out, it is the account's setting: abroad it would charge another currency and amount than was shown.
    adaptive_pricing: { enabled: false },
    customer: input.providerCustomerId,
    client_reference_id: customerId,
    success_url: input.successUrl.replace(/\{CHECKOUT_ID\}|%7BCHECKOUT_ID%7D/gi, "{CHECKOUT_SESSION_ID}"),
    cancel_url: input.cancelUrl,
    line_items: [{ price, quantity: offer.quantity }],
  };
  const owner = {
    ...names.mark,
    [metadataKeys.customer]: customerId,
    [metadataKeys.database]: input.database,
  };
  if (offer.kind === "product") {
    const metadata = {
      ...owner,
      [metadataKeys.product]: offer.productId,
      [metadataKeys.quantity]: String(offer.quantity),
    };
    return { ...shared, mode: "payment", metadata };
  }
  const metadata = { ...owner, [metadataKeys.plan]: offer.planId };
  return {
    ...shared,
    mode: "subscription",
    metadata,
    subscription_data: {
      metadata,
      ...(offer.trialDays > 0 && { trial_period_days: offer.trialDays }),
    },
  };
}

function toCheckout(session: Stripe.Checkout.Session): ProviderCheckout {
  const status = toStatus(session.status);
  return {
    id: session.id,
    providerCustomerId: isDeleted(session.customer) ? null : idOrNull(session.customer),
    status,
    payment: toPayment(session.payment_status, status),
    url: status === "open" ? session.url : null,
    expiresAt: toIsoTime(session.expires_at),
    subscriptionId: idOrNull(session.subscription),
  };
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
