import { createPaymentIntent } from "../../payments/payment-intent.js";
import { readThreeDSecure } from "../../payments/three-d-secure.js";
import { find } from "../../world/find.js";
import type { PaymentIntent } from "../../world/wire.js";
import type { Desk } from "./identify-payer.js";
import { subscriptionIntent } from "./subscription-payment.js";

/** Where the goods go: what the app said, or else what was typed. */
const shippingOf = ({ session, hidden }: Desk): PaymentIntent["shipping"] => {
  const given = hidden.order.payment_intent_data?.shipping;
  const typed = session.collected_information?.shipping_details;
  if (!given) return typed ? { address: typed.address, name: typed.name } : null;
  const { address, carrier, name, phone, tracking_number } = given;
  const blank = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  return {
    address: { ...blank, ...address },
    name,
    ...(carrier ? { carrier } : {}),
    ...(phone ? { phone } : {}),
    ...(tracking_number ? { tracking_number } : {}),
  };
};

const paymentIntent = (desk: Desk, customer: string | null, saves: boolean): PaymentIntent => {
  const { world, ctx, session, hidden } = desk;
  const earlier = find(world.paymentIntents, hidden.progress.paymentIntent);
  if (earlier) {
    earlier.amount = session.amount_total ?? earlier.amount;
    return earlier;
  }
  const data = hidden.order.payment_intent_data;
  const shipping = shippingOf(desk);
  const intent = createPaymentIntent(world, ctx, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer,
    configuration: hidden.order.payment_method_configuration,
    threeDSecure: readThreeDSecure(hidden.order.payment_method_options),
    managed: hidden.order.managed_payments?.enabled ?? false,
    ...(data?.capture_method ? { capture_method: data.capture_method } : {}),
    ...(data?.description ? { description: data.description } : {}),
    ...(data?.metadata ? { metadata: data.metadata } : {}),
    ...(shipping ? { shipping } : {}),
    ...(data?.statement_descriptor ? { statement_descriptor: data.statement_descriptor } : {}),
    ...(data?.statement_descriptor_suffix
      ? { statement_descriptor_suffix: data.statement_descriptor_suffix }
      : {}),
    ...(data?.receipt_email ? { receipt_email: data.receipt_email } : {}),
    connect: data,
    setup_future_usage: data?.setup_future_usage ?? (saves ? "on_session" : null),
  });
  hidden.progress.paymentIntent = intent.id;
  return intent;
};

/** The intent that takes a session's money: of a subscription's first invoice, or of a single payment. */
export const checkoutPaymentIntent = (
  desk: Desk,
  customer: string | null,
  saves: boolean,
): PaymentIntent | undefined =>
  desk.session.mode === "subscription" && customer !== null
    ? subscriptionIntent(desk, customer)
    : paymentIntent(desk, customer, saves);
