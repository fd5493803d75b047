import { offeredMethods, playedIn } from "../methods/offered-methods.js";
import { checkPayable } from "../money/check-payable.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import type { PaymentIntent } from "../world/wire.js";
import type { World } from "../world/world.js";
import { type ConnectTerms, connectTermsOf } from "./connect-terms.js";
import { type PaymentReferences, paymentDetailsOf } from "./payment-details.js";
import { releaseCharge } from "./release-charge.js";
import type { ThreeDSecureRequest } from "./three-d-secure.js";
import { unexpectedState } from "./unexpected-state.js";

export type NewPaymentIntent = {
  amount: number;
  currency: string;
  customer?: string | null;
  payment_method?: string | null;
  description?: string | null;
  metadata?: MetadataChange;
  receipt_email?: string | null;
  setup_future_usage?: "off_session" | "on_session" | null;
  capture_method?: "automatic" | "automatic_async" | "manual";
  allow_redirects?: "always" | "never";
  /** The types that the request allows; null: all. */
  allowed?: string[];
  /** Those of them that the sandbox plays. @default ["card"] */
  types?: string[];
  /** The payment method configuration. @default the account's, where the request names no types */
  configuration?: string | undefined;
  shipping?: PaymentIntent["shipping"];
  statement_descriptor?: string | null;
  statement_descriptor_suffix?: string | null;
  payment_details?: PaymentReferences | undefined;
  /** The invoice that it pays, which then decides how. */
  invoice?: string;
  threeDSecure?: ThreeDSecureRequest;
  /** Whether it is Stripe's own sale. */
  managed?: boolean;
  /** What of it goes to a connected account or the platform. */
  connect?: ConnectTerms | undefined;
  /** Whether it will pay an invoice that is still to be made. */
  forInvoice?: boolean;
};

/** Whoever names the types, an invoice or the request, leaves nothing to choose. */
const isAutomatic = ({ allowed, forInvoice, invoice }: NewPaymentIntent): boolean =>
  allowed === undefined && invoice === undefined && !forInvoice;

/** The types that may pay, and the configuration that they are from, if it is from one. */
const offerOf = (
  world: World,
  fields: NewPaymentIntent,
): Pick<PaymentIntent, "payment_method_configuration_details" | "payment_method_types"> => {
  const { configuration, currency, types = ["card"] } = fields;
  if (configuration === undefined && !isAutomatic(fields))
    return { payment_method_configuration_details: null, payment_method_types: types };
  const known = configuration === undefined ? types : (fields.types ?? playedIn(currency));
  const offered = offeredMethods(world, "Payment Intent", { configuration, known });
  return { payment_method_configuration_details: offered.details, payment_method_types: offered.types };
};

const detailsOf = (given: PaymentReferences | undefined): Pick<PaymentIntent, "payment_details"> =>
  given ? { payment_details: paymentDetailsOf(given) } : {};

export const createPaymentIntent = (world: World, ctx: Context, fields: NewPaymentIntent): PaymentIntent => {
  checkPayable(fields.amount);
  const id = ctx.ids.id("pi").replace("pi_1", "pi_3");
  const method = fields.payment_method ?? null;
  const intent: PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: (fields.allowed ?? null) as PaymentIntent["allowed_payment_method_types"],
    amount: fields.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    ...connectTermsOf(fields.connect ?? {}),
    automatic_payment_methods: isAutomatic(fields)
      ? { allow_redirects: fields.allow_redirects ?? "always", enabled: true }
      : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: fields.capture_method ?? "automatic_async",
    client_secret: `${id}_secret_${ctx.ids.secret(25)}`,
    confirmation_method: "automatic",
    created: seconds(ctx),
    currency: fields.currency,
    customer: fields.customer ?? null,
    customer_account: null,
    description: fields.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: fields.managed ?? false },
    metadata: mergeMetadata({}, fields.metadata),
    next_action: null,
    ...detailsOf(fields.invoice === undefined ? fields.payment_details : { order_reference: fields.invoice }),
    payment_method: method,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: fields.threeDSecure ?? "automatic",
      },
    },
    ...offerOf(world, fields),
    payment_record: null,
    processing: null,
    receipt_email: fields.receipt_email ?? null,
    review: null,
    setup_future_usage: fields.setup_future_usage ?? null,
    shipping: fields.shipping ?? null,
    source: null,
    statement_descriptor: fields.statement_descriptor ?? null,
    statement_descriptor_suffix: fields.statement_descriptor_suffix ?? null,
    status: method === null ? "requires_payment_method" : "requires_confirmation",
  };
  world.paymentIntents[id] = intent;
  emit(world, ctx, "payment_intent.created", intent);
  return intent;
};

const cancellable = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
  "requires_capture",
];

/** Ends an intent that no longer waits; what was captured before stays paid. */
export const endPaymentIntent = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  reason: string | null,
): void => {
  intent.next_action = null;
  intent.amount_capturable = 0;
  if (intent.amount_received > 0) {
    intent.status = "succeeded";
    emit(world, ctx, "payment_intent.succeeded", intent);
    return;
  }
  intent.status = "canceled";
  intent.canceled_at = seconds(ctx);
  intent.cancellation_reason = reason;
  emit(world, ctx, "payment_intent.canceled", intent);
};

/** A debit that never ends can be called off. https://docs.stripe.com/payments/ach-direct-debit/set-up-payment#test-account-numbers */
const isStuck = (world: World, { payment_method, status }: PaymentIntent): boolean =>
  status === "processing" &&
  find(world.hidden.debitAccounts, payment_method as string | null)?.stays === true;

/** Cancels an intent and releases what its charge holds. */
export const cancelPaymentIntent = (
  world: World,
  ctx: Context,
  intent: PaymentIntent,
  reason: string | null = null,
): PaymentIntent => {
  if (!cancellable.includes(intent.status) && !isStuck(world, intent))
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with ` +
        "one of the following statuses may be canceled: requires_payment_method, requires_capture, " +
        "requires_reauthorization, requires_confirmation, requires_action, expired, processing.",
    );
  const held =
    intent.status === "requires_capture" ? find(world.charges, intent.latest_charge as string) : null;
  if (held) releaseCharge(world, ctx, held, null);
  endPaymentIntent(world, ctx, intent, reason);
  return intent;
};
