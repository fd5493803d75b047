import { checkCount, checkLength } from "../../world/check-limits.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CheckoutOrder } from "../terms/checkout-order.js";

type Mode = NonNullable<CheckoutOrder["mode"]>;
type Name = keyof CheckoutOrder;

/** What goes with some modes only. */
const onlyIn: Array<[Name, ...Mode[]]> = [
  ["line_items", "payment", "subscription"],
  ["payment_intent_data", "payment"],
  ["setup_intent_data", "setup"],
  ["subscription_data", "subscription"],
  ["invoice_creation", "payment"],
  ["submit_type", "payment", "subscription"],
  ["payment_method_collection", "subscription"],
  ["customer_creation", "payment", "setup"],
  ["shipping_options", "payment"],
  ["discounts", "payment", "subscription"],
  ["allow_promotion_codes", "payment", "subscription"],
  ["saved_payment_method_options", "payment", "subscription"],
  ["optional_items", "payment", "subscription"],
];

const oneOf: Array<[Name, Name]> = [
  ["customer", "customer_email"],
  ["customer", "customer_creation"],
  ["allow_promotion_codes", "discounts"],
];

const isGiven = (order: CheckoutOrder, name: Name): boolean => {
  const value = order[name];
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
};

const checkCombinations = (order: CheckoutOrder, mode: Mode): void => {
  for (const [name, ...modes] of onlyIn)
    if (isGiven(order, name) && !modes.includes(mode))
      throw invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, undefined, name);
  for (const [one, other] of oneOf)
    if (isGiven(order, one) && isGiven(order, other))
      throw invalidRequest(
        `You may only specify one of these parameters: ${one}, ${other}.`,
        "parameters_exclusive",
      );
  // https://github.com/laravel/cashier-stripe/issues/1581
  if (mode === "setup" && order.automatic_tax?.enabled)
    throw invalidRequest(
      "You cannot set `automatic_tax[enabled]=true` in `setup` mode.",
      undefined,
      "automatic_tax[enabled]",
    );
  if (order.customer_update && order.customer === undefined)
    throw invalidRequest(
      "`customer_update` can only be provided when `customer` is provided.",
      undefined,
      "customer_update",
    );
};

/** How many there may be. https://docs.stripe.com/api/checkout/sessions/create */
const counts = { custom_fields: 3, discounts: 1, optional_items: 10, shipping_options: 5 } as const;

const checkSizes = (order: CheckoutOrder): void => {
  for (const [name, most] of Object.entries(counts))
    checkCount(order[name as keyof typeof counts], most, name);
  for (const [place, text] of Object.entries(order.custom_text ?? {}))
    checkLength(text?.message, 1200, `custom_text[${place}][message]`);
  // https://docs.stripe.com/payment-links/url-parameters
  checkLength(order.client_reference_id, 200, "client_reference_id");
};

/** Refuses what does not go with the mode, or with each other. */
export const checkMode = (order: CheckoutOrder): Mode => {
  const { mode } = order;
  if (mode === undefined) throw invalidRequest("Missing required param: mode.", "parameter_missing", "mode");
  checkCombinations(order, mode);
  if (mode !== "setup" && !order.line_items?.length)
    throw invalidRequest("Missing required param: line_items.", "parameter_missing", "line_items");
  if (mode === "setup" && order.currency === undefined && !order.allowed_payment_method_types)
    throw invalidRequest("Missing required param: currency.", "parameter_missing", "currency");
  const { submit_type: submit } = order;
  if (submit && submit !== "auto" && (submit === "subscribe") !== (mode === "subscription"))
    throw invalidRequest(
      `You can not pass \`submit_type\` \`${submit}\` in \`${mode}\` mode.`,
      undefined,
      "submit_type",
    );
  checkSizes(order);
  return mode;
};
