import { invalidRequest, StripeError } from "../../engine/world/stripe-error.js";
import type { World } from "../../engine/world/world.js";
import { lookup } from "../answers/lookup.js";
import type { Fields } from "../params/fields.js";

/** What a browser may see of an intent: nothing of the customer, the metadata or the charges. */
const shown = [
  "id",
  "object",
  "amount",
  "automatic_payment_methods",
  "canceled_at",
  "cancellation_reason",
  "capture_method",
  "client_secret",
  "confirmation_method",
  "created",
  "currency",
  "description",
  "last_payment_error",
  "last_setup_error",
  "livemode",
  "next_action",
  "payment_method",
  "payment_method_types",
  "processing",
  "receipt_email",
  "setup_future_usage",
  "shipping",
  "source",
  "status",
  "usage",
];

/** What Stripe.js says about itself and the page, with every call. */
const clientParams = [
  "_stripe_version",
  "client_attribution_metadata",
  "client_secret",
  "guid",
  "key",
  "muid",
  "pasted_fields",
  "payment_user_agent",
  "radar_options",
  "referrer",
  "sid",
  "time_on_page",
];

/** Where Stripe.js says it again about the payment method that was typed. */
const within = "payment_method_data";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A publishable call's own parameters: what Stripe.js adds to every one is left out. */
export const withoutClientParams = (
  fields: Fields,
  given: Record<string, unknown>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([name]) => Object.hasOwn(fields, name) || !clientParams.includes(name))
      .map(([name, value]) => {
        const inner = name === within && isHash(value) ? fields[name]?.fields : undefined;
        return [name, inner && isHash(value) ? withoutClientParams(inner, value) : value];
      }),
  );

/** The publishable key's view of an answer. */
export const clientView = (answer: Record<string, unknown>): Record<string, unknown> => {
  if (answer.object !== "payment_intent" && answer.object !== "setup_intent") return answer;
  return Object.fromEntries(Object.entries(answer).filter(([key]) => shown.includes(key)));
};

/** Refuses the publishable key on a route that is not Stripe.js's, or without the object's client secret. */
export const checkClient = (
  world: World,
  call: { publishable: boolean; id: string; clientSecret: unknown },
): void => {
  if (!call.publishable)
    throw new StripeError(403, {
      type: "invalid_request_error",
      code: "secret_key_required",
      message:
        "This API call cannot be made with a publishable API key. Please use a secret API key. " +
        "You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
    });
  if (call.id !== "") checkClientSecret(world, call.id, call.clientSecret);
};

/** Refuses a client secret that is not this object's. */
export const checkClientSecret = (world: World, id: string, given: unknown): void => {
  const object = lookup(world, id);
  const secret = object && "client_secret" in object ? object.client_secret : undefined;
  if (given === undefined)
    throw invalidRequest("Missing required param: client_secret.", "parameter_missing", "client_secret");
  if (!secret || given !== secret)
    throw invalidRequest(
      "The client_secret provided does not match any associated intent on this account. " +
        "Ensure the provided client_secret and publishable key belong to the same account.",
      "resource_missing",
      "client_secret",
    );
};
