import { confirmSetupIntent } from "../engine/confirm-intent.js";
import { needCustomer } from "../engine/customer.js";
import { need, newestFirst } from "../engine/find.js";
import { mergeMetadata } from "../engine/metadata.js";
import { resolvePaymentMethod } from "../engine/payment-method.js";
import { cancelSetupIntent, createSetupIntent } from "../engine/setup-intent.js";
import type { SetupIntent } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { confirmation, givenMethod, optionsOf } from "./confirmation.js";
import { choice, clearable, flag, hash, metadata, pagination, range, required, text } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

const find = (world: World, id: string): SetupIntent => need(world.setupIntents, "setupintent", id, "intent");

/** `/v1/setup_intents` */
export const setupIntentRoutes = [
  ownRoute(
    "POST",
    "/v1/setup_intents",
    {
      ...confirmation,
      automatic_payment_methods: hash({
        enabled: required(flag()),
        allow_redirects: choice("always", "never"),
      }),
      confirm: flag(),
      customer: text(),
      description: text(),
      metadata: metadata(),
      usage: choice("off_session", "on_session"),
    },
    ({ world, ctx, params }) => {
      if (params.customer !== undefined) needCustomer(world, params.customer);
      const method = givenMethod(world, ctx, params);
      const intent = createSetupIntent(world, ctx, {
        customer: params.customer ?? null,
        payment_method: method?.id ?? null,
        description: params.description ?? null,
        metadata: params.metadata ?? {},
        usage: params.usage ?? "off_session",
        allow_redirects: params.automatic_payment_methods?.allow_redirects ?? "always",
      });
      return params.confirm ? confirmSetupIntent(world, ctx, intent, method, optionsOf(params)) : intent;
    },
  ),
  ownRoute("GET", "/v1/setup_intents/:id", { client_secret: text() }, ({ world, id }) => find(world, id), {
    publishable: true,
  }),
  ownRoute(
    "POST",
    "/v1/setup_intents/:id",
    { customer: text(), description: clearable(text()), metadata: metadata(), payment_method: text() },
    ({ world, ctx, id, params }) => {
      const intent = find(world, id);
      if (params.customer !== undefined) intent.customer = needCustomer(world, params.customer).id;
      if (params.description !== undefined) intent.description = params.description;
      if (params.payment_method !== undefined) {
        intent.payment_method = resolvePaymentMethod(world, ctx, params.payment_method).id;
        if (intent.status === "requires_payment_method") intent.status = "requires_confirmation";
      }
      intent.metadata = mergeMetadata(intent.metadata ?? {}, params.metadata);
      return intent;
    },
  ),
  ownRoute(
    "POST",
    "/v1/setup_intents/:id/confirm",
    confirmation,
    ({ world, ctx, id, params }) =>
      confirmSetupIntent(world, ctx, find(world, id), givenMethod(world, ctx, params), optionsOf(params)),
    { publishable: true },
  ),
  ownRoute(
    "POST",
    "/v1/setup_intents/:id/cancel",
    { cancellation_reason: choice("abandoned", "duplicate", "requested_by_customer") },
    ({ world, ctx, id, params }) =>
      cancelSetupIntent(world, ctx, find(world, id), params.cancellation_reason ?? null),
  ),
  ownRoute(
    "GET",
    "/v1/setup_intents",
    { ...pagination, created: range(), customer: text(), payment_method: text() },
    ({ world, params }) => {
      const rows = newestFirst(world.setupIntents).filter(
        (intent) =>
          (params.customer === undefined || intent.customer === params.customer) &&
          (params.payment_method === undefined || intent.payment_method === params.payment_method) &&
          within(intent.created, params.created),
      );
      return pageOf(rows, params, "/v1/setup_intents");
    },
  ),
];
