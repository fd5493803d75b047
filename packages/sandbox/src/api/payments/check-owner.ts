import { refuseWith } from "../../engine/payments/unexpected-state.js";
import { invalidRequest, type StripeError } from "../../engine/world/stripe-error.js";
import type { PaymentIntent, PaymentMethod, SetupIntent } from "../../engine/world/wire.js";

type Kind = "PaymentIntent" | "SetupIntent";

const notTheirs = (method: PaymentMethod, customer: string | null | undefined, kind: Kind): StripeError => {
  if (customer)
    return invalidRequest(
      `The PaymentMethod ${method.id} does not belong to the Customer you supplied ${customer}. Please use this ` +
        "PaymentMethod with the Customer that it belongs to instead.",
      undefined,
      "payment_method",
    );
  const include = `Please include the Customer in the \`customer\` parameter on the ${kind}.`;
  const owner = `${method.id} belongs to the Customer ${method.customer as string}.`;
  return kind === "PaymentIntent"
    ? invalidRequest(
        `The \`payment_method\` parameter supplied ${owner} ${include}`,
        "parameter_missing",
        "source",
      )
    : invalidRequest(
        `The payment method supplied (${method.id}) belongs to the Customer ${method.customer as string}. ${include}`,
        undefined,
        "payment_method",
      );
};

/** Refuses a payment method that belongs to somebody else; an intent that exists is shown. */
export const checkOwner = (
  method: PaymentMethod | undefined,
  customer: string | null | undefined,
  intent: Kind | PaymentIntent | SetupIntent,
): void => {
  if (!method || method.customer === null || method.customer === customer) return;
  if (typeof intent === "string") throw notTheirs(method, customer, intent);
  const kind = intent.object === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  throw refuseWith(intent, notTheirs(method, customer, kind));
};

/** Refuses to confirm with nothing, before an intent is made. */
export const checkHasMethod = (method: PaymentMethod | undefined, kind: Kind): void => {
  if (method) return;
  throw invalidRequest(
    `You cannot confirm this ${kind} because it's missing a payment method. ` +
      `You can either update the ${kind} with a payment method and then confirm it again, or confirm it again ` +
      "directly with a payment method or ConfirmationToken.",
    kind === "PaymentIntent" ? "payment_intent_unexpected_state" : "setup_intent_unexpected_state",
  );
};
