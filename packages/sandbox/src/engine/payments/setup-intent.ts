import { askIssuer, behaviourOf, rememberAuthentication } from "../methods/card-memory.js";
import { declineBody } from "../methods/decline.js";
import { offeredMethods } from "../methods/offered-methods.js";
import { attachPaymentMethod } from "../methods/payment-method.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import type { StripeErrorBody } from "../world/stripe-error.js";
import type { PaymentMethod, SetupIntent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { nextAction } from "./charge-intent.js";
import { awaitsDeposits, sendDeposits } from "./microdeposits.js";
import { beginAttempt, noteAttempt } from "./setup-attempt.js";
import { type ThreeDSecureRequest, threeDSecureOf } from "./three-d-secure.js";
import { unexpectedState } from "./unexpected-state.js";

export type NewSetupIntent = {
  customer?: string | null;
  payment_method?: string | null;
  description?: string | null;
  metadata?: MetadataChange;
  allow_redirects?: "always" | "never";
  /** The types that the request allows; null: all. */
  allowed?: string[];
  /** Those of them that the sandbox plays. @default ["card"] */
  types?: string[];
  /** The payment method configuration. @default the account's, where the request names no types */
  configuration?: string | undefined;
  threeDSecure?: ThreeDSecureRequest;
};

/** The types that may be kept, and the configuration that they are from, if it is from one. */
const offerOf = (
  world: World,
  { allowed, configuration, types }: NewSetupIntent,
): Pick<SetupIntent, "payment_method_configuration_details" | "payment_method_types"> => {
  if (configuration === undefined && allowed !== undefined)
    return { payment_method_configuration_details: null, payment_method_types: types ?? ["card"] };
  const every = ["card", "sepa_debit", "us_bank_account"];
  const known = types ?? (configuration === undefined ? ["card"] : every);
  const offered = offeredMethods(world, "Setup Intent", { configuration, known });
  return { payment_method_configuration_details: offered.details, payment_method_types: offered.types };
};

export const createSetupIntent = (world: World, ctx: Context, fields: NewSetupIntent): SetupIntent => {
  const id = ctx.ids.id("seti");
  const method = fields.payment_method ?? null;
  const intent: SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: (fields.allowed ?? null) as SetupIntent["allowed_payment_method_types"],
    application: null,
    automatic_payment_methods:
      fields.allowed === undefined
        ? { allow_redirects: fields.allow_redirects ?? "always", enabled: true }
        : null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${ctx.ids.secret(25)}`,
    created: seconds(ctx),
    customer: fields.customer ?? null,
    customer_account: null,
    description: fields.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: { enabled: false },
    mandate: null,
    metadata: mergeMetadata({}, fields.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: method,
    payment_method_options: {
      card: {
        mandate_options: null,
        network: null,
        request_three_d_secure: fields.threeDSecure ?? "automatic",
      },
    },
    ...offerOf(world, fields),
    single_use_mandate: null,
    status: method === null ? "requires_payment_method" : "requires_confirmation",
    // Stripe takes the parameter and does not heed it.
    usage: "off_session",
  };
  world.setupIntents[id] = intent;
  emit(world, ctx, "setup_intent.created", intent);
  return intent;
};

export type SetupOptions = { authenticated?: boolean; returnUrl?: string; useStripeSdk?: boolean };

export type SetupOutcome =
  | { status: "failed"; error: StripeErrorBody }
  | { status: "requires_action" }
  | { status: "succeeded" };

/** Puts a setup back to the start with the reason why. */
export const failSetup = (
  world: World,
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
  error: StripeErrorBody,
): SetupOutcome => {
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_setup_error = {
    ...error,
    payment_method: structuredClone(method),
  } as SetupIntent["last_setup_error"];
  noteAttempt(world, intent, "failed", structuredClone(intent.last_setup_error));
  emit(world, ctx, "setup_intent.setup_failed", intent);
  return {
    status: "failed",
    error: { ...error, payment_method: { ...method }, setup_intent: structuredClone({ ...intent }) },
  };
};

/** Asks the issuer whether the card may be kept, and keeps it. A refusal is an outcome, not a throw. */
export const confirmSetup = (
  world: World,
  ctx: Context,
  intent: SetupIntent,
  method: PaymentMethod,
  options: SetupOptions,
): SetupOutcome => {
  const { onSetup: usual, onRequest = "ok" } = behaviourOf(world, method.id);
  const onSetup = usual === "ok" && threeDSecureOf(intent) !== "automatic" ? onRequest : usual;
  intent.payment_method = method.id;
  if (!options.authenticated) beginAttempt(world, ctx, intent, method);
  if (!options.authenticated && awaitsDeposits(world, intent, method)) {
    noteAttempt(world, intent, "requires_action");
    return sendDeposits(world, ctx, intent, method);
  }
  if (onSetup === "requires_action" && !options.authenticated) {
    intent.status = "requires_action";
    intent.next_action = nextAction(ctx, intent.id, options);
    noteAttempt(world, intent, "requires_action");
    emit(world, ctx, "setup_intent.requires_action", intent);
    return { status: "requires_action" };
  }
  askIssuer(world, method);
  if (onSetup !== "ok" && onSetup !== "requires_action")
    return failSetup(world, ctx, intent, method, declineBody(onSetup));
  if (options.authenticated) rememberAuthentication(world, method.id);
  intent.status = "succeeded";
  intent.next_action = null;
  intent.last_setup_error = null;
  if (intent.customer !== null) attachPaymentMethod(world, ctx, method, intent.customer);
  noteAttempt(world, intent, "succeeded");
  emit(world, ctx, "setup_intent.succeeded", intent);
  return { status: "succeeded" };
};

export const cancelSetupIntent = (
  world: World,
  ctx: Context,
  intent: SetupIntent,
  reason: string | null,
): SetupIntent => {
  if (intent.status === "canceled")
    throw unexpectedState(intent, "You cannot cancel this SetupIntent because it is already canceled.");
  if (intent.status === "succeeded")
    throw unexpectedState(
      intent,
      "You cannot cancel this SetupIntent because it has a status of succeeded. Only a SetupIntent with one of the " +
        "following statuses may be canceled: `requires_payment_method`, `requires_confirmation`, or `requires_action`.",
    );
  intent.status = "canceled";
  intent.cancellation_reason = reason;
  intent.next_action = null;
  emit(world, ctx, "setup_intent.canceled", intent);
  return intent;
};
