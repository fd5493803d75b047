import { countRedemption } from "../../discounts/redeem.js";
import { intentOf } from "../../invoices/paying/finalize-invoice.js";
import type { Context } from "../../world/context.js";
import { change, emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import type { CheckoutSession, Customer, PaymentIntent, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { HiddenCheckout } from "../terms/checkout-order.js";
import { invoiceCheckout } from "./checkout-invoice.js";
import type { Desk } from "./identify-payer.js";
import { startSubscription } from "./subscription-payment.js";

const detailsOf = (
  session: CheckoutSession,
  customer: Customer | undefined,
  { progress }: HiddenCheckout,
): NonNullable<CheckoutSession["customer_details"]> => ({
  address:
    session.mode === "setup"
      ? null
      : (progress.address ??
        customer?.address ?? {
          city: null,
          country: "US",
          line1: null,
          line2: null,
          postal_code: null,
          state: null,
        }),
  business_name: progress.businessName,
  email: progress.email ?? customer?.email ?? session.customer_email,
  individual_name: progress.individualName,
  name: progress.businessName ?? progress.individualName ?? progress.name ?? customer?.name ?? null,
  phone: progress.phone ?? customer?.phone ?? null,
  tax_exempt: customer?.tax_exempt ?? "none",
  tax_ids: progress.taxIds,
});

/** A subscription redeems its own discount; a single payment's is redeemed here. */
const redeemDiscount = ({ world, session, hidden }: Desk): void => {
  const coupon = find(world.coupons, hidden.discount?.coupon);
  // The invoice of a single payment redeems it too.
  if (session.mode !== "payment" || !coupon || hidden.progress.invoice !== null) return;
  const promotionCode = find(world.promotionCodes, hidden.discount?.promotion_code) ?? null;
  countRedemption(world, { coupon, promotionCode });
};

/** The intent that brings the money. */
const moneyOf = ({ world, hidden }: Desk): PaymentIntent | undefined => {
  const subscription = find(world.subscriptions, hidden.progress.subscription);
  const invoice = find(world.invoices, subscription?.latest_invoice as string | null | undefined);
  return invoice ? intentOf(world, invoice) : find(world.paymentIntents, hidden.progress.paymentIntent);
};

const paymentStatusOf = (desk: Desk): CheckoutSession["payment_status"] => {
  if (desk.session.mode === "setup" || desk.session.amount_total === 0) return "no_payment_required";
  return moneyOf(desk)?.status === "processing" ? "unpaid" : "paid";
};

/** Completes a session: what it made is now in it, and its page leads on to the app. */
export const completeCheckout = (
  world: World,
  ctx: Context,
  session: CheckoutSession,
  method: string | null,
): void => {
  const hidden = world.hidden.checkouts[session.id];
  if (!hidden || session.status !== "open") return;
  const { progress } = hidden;
  const desk = { world, ctx, session, hidden };
  if (session.mode === "subscription" && progress.subscription === null && progress.customer !== null)
    startSubscription(desk, progress.customer, method);
  if (session.mode === "payment") invoiceCheckout(desk);
  redeemDiscount(desk);
  const subscription = find(world.subscriptions, progress.subscription);
  session.payment_status = paymentStatusOf(desk);
  const debit = find(world.hidden.debits, moneyOf(desk)?.id);
  if (debit) debit.session = session.id;
  session.status = "complete";
  session.url = null;
  session.customer = progress.customer;
  session.customer_details = detailsOf(session, find(world.customers, progress.customer), hidden);
  session.payment_intent = session.mode === "payment" ? progress.paymentIntent : null;
  session.setup_intent = session.mode === "setup" ? progress.setupIntent : null;
  session.subscription = progress.subscription;
  session.invoice = (subscription?.latest_invoice ?? progress.invoice ?? null) as string | null;
  countSale(world, session);
  emit(world, ctx, "checkout.session.completed", session);
};

/** The card that was set up becomes the subscription's own. */
export const adoptMethod = (world: World, ctx: Context, subscription: Subscription, method: string): void => {
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.default_payment_method = method;
    draft.pending_setup_intent = null;
  });
};

/** Counts a sale of a link whose sales are limited. */
const countSale = (world: World, session: CheckoutSession): void => {
  const link = find(world.paymentLinks, session.payment_link as string | null);
  if (link?.restrictions) link.restrictions.completed_sessions.count += 1;
};
