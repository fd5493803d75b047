import { captureIntent } from "../engine/charge-intent.js";
import { confirmPaymentIntent } from "../engine/confirm-intent.js";
import { needCustomer } from "../engine/customer.js";
import { need, newestFirst } from "../engine/find.js";
import { mergeMetadata } from "../engine/metadata.js";
import { cancelPaymentIntent, createPaymentIntent } from "../engine/payment-intent.js";
import { resolvePaymentMethod } from "../engine/payment-method.js";
import { invalidRequest } from "../engine/stripe-error.js";
import type { PaymentIntent } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { confirmation, givenMethod, optionsOf } from "./confirmation.js";
import {
  accepted,
  choice,
  clearable,
  flag,
  hash,
  integer,
  metadata,
  pagination,
  range,
  required,
  text,
} from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

const create = {
  ...confirmation,
  amount: required(integer(1)),
  automatic_payment_methods: hash({
    enabled: required(flag()),
    allow_redirects: choice("always", "never"),
  }),
  capture_method: choice("automatic", "automatic_async", "manual"),
  confirm: flag(),
  currency: required(text()),
  customer: text(),
  description: text(),
  metadata: metadata(),
  off_session: flag(),
  receipt_email: text(),
  setup_future_usage: choice("off_session", "on_session"),
  statement_descriptor: accepted(),
  statement_descriptor_suffix: accepted(),
};

const update = {
  amount: integer(1),
  currency: text(),
  customer: text(),
  description: clearable(text()),
  metadata: metadata(),
  payment_method: text(),
  receipt_email: clearable(text()),
  setup_future_usage: clearable(choice("off_session", "on_session")),
};

const find = (world: World, id: string): PaymentIntent =>
  need(world.paymentIntents, "payment_intent", id, "intent");

const cancelReason = choice("abandoned", "duplicate", "fraudulent", "requested_by_customer");

/** `/v1/payment_intents` */
export const paymentIntentRoutes = [
  ownRoute("POST", "/v1/payment_intents", create, ({ world, ctx, params }) => {
    if (params.customer !== undefined) needCustomer(world, params.customer);
    if (params.off_session && !params.confirm)
      throw invalidRequest("You cannot set `off_session` without `confirm`.", undefined, "off_session");
    const method = givenMethod(world, ctx, params);
    const intent = createPaymentIntent(world, ctx, {
      amount: params.amount,
      currency: params.currency.toLowerCase(),
      customer: params.customer ?? null,
      payment_method: method?.id ?? null,
      description: params.description ?? null,
      metadata: params.metadata ?? {},
      receipt_email: params.receipt_email ?? null,
      setup_future_usage: params.setup_future_usage ?? null,
      ...(params.capture_method ? { capture_method: params.capture_method } : {}),
      allow_redirects: params.automatic_payment_methods?.allow_redirects ?? "always",
    });
    return params.confirm ? confirmPaymentIntent(world, ctx, intent, method, optionsOf(params)) : intent;
  }),
  ownRoute("GET", "/v1/payment_intents/:id", { client_secret: text() }, ({ world, id }) => find(world, id), {
    publishable: true,
  }),
  ownRoute("POST", "/v1/payment_intents/:id", update, ({ world, ctx, id, params }) => {
    const intent = find(world, id);
    if (intent.status === "succeeded" || intent.status === "canceled")
      throw invalidRequest(
        `This PaymentIntent could not be updated because it has a status of ${intent.status}.`,
        "payment_intent_unexpected_state",
      );
    if (params.customer !== undefined) intent.customer = needCustomer(world, params.customer).id;
    if (params.payment_method !== undefined) {
      intent.payment_method = resolvePaymentMethod(world, ctx, params.payment_method).id;
      if (intent.status === "requires_payment_method") intent.status = "requires_confirmation";
    }
    if (params.amount !== undefined) intent.amount = params.amount;
    if (params.currency !== undefined) intent.currency = params.currency.toLowerCase();
    if (params.description !== undefined) intent.description = params.description;
    if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email;
    if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage;
    intent.metadata = mergeMetadata(intent.metadata, params.metadata);
    return intent;
  }),
  ownRoute(
    "POST",
    "/v1/payment_intents/:id/confirm",
    {
      ...confirmation,
      off_session: flag(),
      receipt_email: text(),
      setup_future_usage: choice("off_session", "on_session"),
    },
    ({ world, ctx, id, params }) => {
      const intent = find(world, id);
      if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email;
      if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage;
      return confirmPaymentIntent(world, ctx, intent, givenMethod(world, ctx, params), optionsOf(params));
    },
    { publishable: true },
  ),
  ownRoute(
    "POST",
    "/v1/payment_intents/:id/cancel",
    { cancellation_reason: cancelReason },
    ({ world, ctx, id, params }) =>
      cancelPaymentIntent(world, ctx, find(world, id), params.cancellation_reason ?? null),
  ),
  ownRoute(
    "POST",
    "/v1/payment_intents/:id/capture",
    { amount_to_capture: integer(1) },
    ({ world, ctx, id, params }) => {
      const intent = find(world, id);
      if (intent.status !== "requires_capture")
        throw invalidRequest(
          `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
          "payment_intent_unexpected_state",
        );
      const amount = params.amount_to_capture ?? intent.amount_capturable;
      if (amount > intent.amount_capturable)
        throw invalidRequest("The amount to capture is too large.", "amount_too_large", "amount_to_capture");
      captureIntent(world, ctx, intent, amount);
      return intent;
    },
  ),
  ownRoute(
    "GET",
    "/v1/payment_intents",
    { ...pagination, created: range(), customer: text() },
    ({ world, params }) => {
      const rows = newestFirst(world.paymentIntents).filter(
        (intent) =>
          (params.customer === undefined || intent.customer === params.customer) &&
          within(intent.created, params.created),
      );
      return pageOf(rows, params, "/v1/payment_intents");
    },
  ),
];
