import type Stripe from "stripe";
import { addressOf } from "../customers/write-customer.js";
import { checkIntentAmount } from "../money/check-payable.js";
import { needCurrency } from "../money/currency.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, PaymentIntent, PaymentMethod } from "../world/wire.js";
import { writePaymentDetails } from "./payment-details.js";
import { checkDescriptor } from "./statement-descriptor.js";
import { unexpectedState } from "./unexpected-state.js";

type Params = Given<Stripe.PaymentIntentUpdateParams>;

const open = ["requires_payment_method", "requires_confirmation", "requires_action"];

/** What can be said about a payment whatever has become of it. */
const alwaysChangeable: readonly string[] = ["description", "metadata"];

/** Refuses to change more than its words in a payment that is over, or that waits for its capture. */
export const checkChangeable = (intent: PaymentIntent, params: object): void => {
  if (open.includes(intent.status)) return;
  const frozen = Object.keys(params).find((name) => !alwaysChangeable.includes(name));
  if (frozen === undefined) return;
  throw unexpectedState(
    intent,
    `This PaymentIntent's ${frozen} could not be updated because it has a status of ${intent.status}. ` +
      `You may only update the ${frozen} of a PaymentIntent with one of the following statuses: ${open.join(", ")}.`,
    frozen,
  );
};

type Shipping = NonNullable<Given<Stripe.PaymentIntentCreateParams>["shipping"]>;

export const intentShippingOf = (given: Shipping): NonNullable<PaymentIntent["shipping"]> => ({
  address: addressOf(given.address),
  carrier: given.carrier || null,
  name: given.name,
  phone: given.phone || null,
  tracking_number: given.tracking_number || null,
});

/** Changes a payment that has not been made. Throws before anything is done. */
export const updatePaymentIntent = (
  intent: PaymentIntent,
  params: Pick<
    Params,
    | "amount"
    | "currency"
    | "customer"
    | "description"
    | "metadata"
    | "payment_details"
    | "receipt_email"
    | "setup_future_usage"
    | "shipping"
    | "statement_descriptor"
    | "statement_descriptor_suffix"
  >,
  method: PaymentMethod | undefined,
): PaymentIntent => {
  const currency = params.currency ? needCurrency(params.currency, "currency") : intent.currency;
  if (params.amount !== undefined || params.currency)
    checkIntentAmount(params.amount ?? intent.amount, currency);
  checkDescriptor(params.statement_descriptor, "statement_descriptor");
  checkDescriptor(params.statement_descriptor_suffix, "statement_descriptor_suffix");
  if (params.customer && intent.customer && params.customer !== intent.customer)
    throw invalidRequest(
      "You cannot modify `customer` on a PaymentIntent once it already has been set.",
      "payment_intent_unexpected_state",
      "customer",
    );
  if (params.amount !== undefined) intent.amount = params.amount;
  intent.currency = currency;
  if (params.customer) intent.customer = params.customer;
  for (const key of [
    "description",
    "receipt_email",
    "statement_descriptor",
    "statement_descriptor_suffix",
  ] as const) {
    const value = params[key];
    if (value !== undefined) intent[key] = value || null;
  }
  if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage;
  if (params.shipping !== undefined) intent.shipping = params.shipping && intentShippingOf(params.shipping);
  writePaymentDetails(intent, params.payment_details);
  intent.metadata = mergeMetadata(intent.metadata, params.metadata);
  if (!method) return intent;
  intent.payment_method = method.id;
  intent.next_action = null;
  intent.status = "requires_confirmation";
  return intent;
};
