import { captureIntent } from "../engine/charge-intent.js";
import { checkConfirmable, confirmPaymentIntent } from "../engine/confirm-intent.js";
import { usageOfToken } from "../engine/confirmation-token.js";
import type { Context } from "../engine/context.js";
import { find, need, newestFirst } from "../engine/find.js";
import { mergeMetadata } from "../engine/metadata.js";
import { cancelPaymentIntent, createPaymentIntent } from "../engine/payment-intent.js";
import { invalidRequest } from "../engine/stripe-error.js";
import { checkChangeable, shippingOf, updatePaymentIntent } from "../engine/update-payment-intent.js";
import type { ConfirmationToken, PaymentIntent } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import {
  allowedTypes,
  atPayer,
  checkHasMethod,
  checkOwner,
  confirmation,
  fromStripeJs,
  methodParams,
  optionsOf,
  spending,
  withCard,
  withToken,
} from "./confirmation.js";
import { pageOf, paging, within } from "./page-of.js";
import { route } from "./route.js";
import { withMethod } from "./with-method.js";

const needIntent = (world: World, id: string): PaymentIntent =>
  need(world.paymentIntents, "payment_intent", id, "intent");

const words = [
  "description",
  "metadata",
  "receipt_email",
  "setup_future_usage",
  "shipping",
  "statement_descriptor",
  "statement_descriptor_suffix",
] as const;

/** A token is for confirming with. */
const needConfirm = (params: { confirm?: boolean; confirmation_token?: string }): void => {
  if (params.confirmation_token === undefined || params.confirm) return;
  throw invalidRequest(
    "You cannot set `confirmation_token` without `confirm`.",
    undefined,
    "confirmation_token",
  );
};

const shippingOfToken = (token: ConfirmationToken | undefined): PaymentIntent["shipping"] =>
  token?.shipping
    ? { carrier: null, tracking_number: null, ...token.shipping, phone: token.shipping.phone ?? null }
    : null;

const create = route(
  "POST /v1/payment_intents",
  [
    ...confirmation,
    ...words,
    "allowed_payment_method_types",
    "amount",
    "automatic_payment_methods",
    "capture_method",
    "confirm",
    "currency",
    "customer",
    "off_session",
  ],
  ({ world, ctx: now, params: given }) => {
    const ctx = atPayer(world, now, given.customer);
    const params = withToken(world, ctx, given);
    const { token } = params;
    if (params.off_session && !params.confirm)
      throw invalidRequest("You cannot set `off_session` without `confirm`.", undefined, "off_session");
    needConfirm(params);
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, params.customer, "PaymentIntent");
      if (params.confirm) checkHasMethod(method, "PaymentIntent");
      const intent = createPaymentIntent(world, ctx, {
        amount: params.amount,
        currency: params.currency.toLowerCase(),
        customer: params.customer ?? null,
        payment_method: method?.id ?? null,
        description: params.description || null,
        metadata: params.metadata ?? {},
        receipt_email: params.receipt_email || null,
        setup_future_usage: params.setup_future_usage ?? usageOfToken(token) ?? null,
        shipping: params.shipping ? shippingOf(params.shipping) : shippingOfToken(token),
        statement_descriptor: params.statement_descriptor || null,
        statement_descriptor_suffix: params.statement_descriptor_suffix || null,
        ...(params.capture_method ? { capture_method: params.capture_method } : {}),
        allow_redirects: params.automatic_payment_methods?.allow_redirects ?? "always",
        ...allowedTypes(params.allowed_payment_method_types),
      });
      if (!params.confirm) return intent;
      return spending(token, intent.id, () =>
        confirmPaymentIntent(world, ctx, intent, method, optionsOf(params)),
      );
    });
  },
  { extra: withCard },
);

const update = route(
  "POST /v1/payment_intents/:id",
  [...words, ...methodParams, "amount", "currency", "customer"],
  ({ world, ctx: now, id, params }) => {
    const intent = needIntent(world, id);
    checkChangeable(intent);
    const customer = params.customer || intent.customer;
    const ctx = atPayer(world, now, customer as string | null);
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, customer as string | null, "PaymentIntent");
      return updatePaymentIntent(intent, params, method);
    });
  },
  { extra: withCard },
);

const confirm = route(
  "POST /v1/payment_intents/:id/confirm",
  [...confirmation, "off_session", "receipt_email", "setup_future_usage", "shipping"],
  ({ world, ctx: now, id, params: given }) => {
    const intent = needIntent(world, id);
    const customer = intent.customer as string | null;
    const ctx = atPayer(world, now, customer);
    const params = withToken(world, ctx, given);
    const { token } = params;
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, customer, "PaymentIntent");
      checkConfirmable(
        intent,
        method ?? find(world.paymentMethods, intent.payment_method as string | null),
        "PaymentIntent",
      );
      if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email || null;
      const usage = params.setup_future_usage ?? usageOfToken(token);
      if (usage !== undefined || params.setup_future_usage === null)
        intent.setup_future_usage = usage ?? null;
      const shipping = params.shipping ? shippingOf(params.shipping) : shippingOfToken(token);
      if (shipping) intent.shipping = shipping;
      return spending(token, id, () => confirmPaymentIntent(world, ctx, intent, method, optionsOf(params)));
    });
  },
  { publishable: true, extra: { ...fromStripeJs, ...withCard } },
);

const capture = (world: World, ctx: Context, intent: PaymentIntent, wanted: number | undefined) => {
  if (intent.status !== "requires_capture")
    throw invalidRequest(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
      "payment_intent_unexpected_state",
    );
  const amount = wanted ?? intent.amount_capturable;
  if (amount > intent.amount_capturable)
    throw invalidRequest("The amount to capture is too large.", "amount_too_large", "amount_to_capture");
  if (amount < 1)
    throw invalidRequest("The amount to capture is too small.", "amount_too_small", "amount_to_capture");
  captureIntent(world, ctx, intent, amount);
};

/** `/v1/payment_intents` */
export const paymentIntentRoutes = [
  create,
  route("GET /v1/payment_intents/:id", ["client_secret"], ({ world, id }) => needIntent(world, id), {
    publishable: true,
  }),
  update,
  confirm,
  route("POST /v1/payment_intents/:id/cancel", ["cancellation_reason"], ({ world, ctx, id, params }) => {
    const intent = needIntent(world, id);
    const at = atPayer(world, ctx, intent.customer as string | null);
    return cancelPaymentIntent(world, at, intent, params.cancellation_reason ?? null);
  }),
  route(
    "POST /v1/payment_intents/:id/capture",
    ["amount_to_capture", "metadata"],
    ({ world, ctx, id, params }) => {
      const intent = needIntent(world, id);
      capture(world, atPayer(world, ctx, intent.customer as string | null), intent, params.amount_to_capture);
      intent.metadata = mergeMetadata(intent.metadata, params.metadata);
      return intent;
    },
  ),
  route("GET /v1/payment_intents", ["created", "customer", ...paging], ({ world, params }) => {
    const rows = newestFirst(world.paymentIntents).filter(
      (intent) =>
        (params.customer === undefined || intent.customer === params.customer) &&
        within(intent.created, params.created),
    );
    return pageOf(rows, params, "/v1/payment_intents");
  }),
];
