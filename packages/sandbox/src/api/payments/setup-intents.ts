import { checkConfirmable, confirmSetupIntent } from "../../engine/paying/confirm-intent.js";
import { chooseVerification } from "../../engine/payments/microdeposits.js";
import { cancelSetupIntent, createSetupIntent } from "../../engine/payments/setup-intent.js";
import { unexpectedState } from "../../engine/payments/unexpected-state.js";
import { find, need } from "../../engine/world/find.js";
import { mergeMetadata } from "../../engine/world/metadata.js";
import { newestFirst } from "../../engine/world/table.js";
import type { SetupIntent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { withMethod } from "../methods/with-method.js";
import { route } from "../params/route.js";
import { checkHasMethod, checkOwner } from "./check-owner.js";
import {
  allowedTypes,
  atPayer,
  confirmation,
  fromStripeJs,
  methodParams,
  optionsOf,
  spending,
  typesAreGone,
  verificationOf,
  withCard,
  withToken,
} from "./confirmation.js";

export const needSetupIntent = (world: World, id: string): SetupIntent =>
  need(world.setupIntents, "setupintent", id, "intent");

/** What is kept stays so, though more may be said about it. */
const checkChangeable = (intent: SetupIntent, changesMethod: boolean): void => {
  if (!changesMethod || (intent.status !== "succeeded" && intent.status !== "canceled")) return;
  throw unexpectedState(
    intent,
    intent.status === "succeeded"
      ? "You cannot update this SetupIntent because it has already succeeded."
      : "You cannot update this SetupIntent because it is already canceled.",
  );
};

const create = route(
  "POST /v1/setup_intents",
  [
    ...confirmation,
    "allowed_payment_method_types",
    "automatic_payment_methods",
    "confirm",
    "customer",
    "description",
    "metadata",
    "payment_method_configuration",
  ],
  ({ world, ctx: now, params: given }) => {
    const ctx = atPayer(world, now, given.customer);
    const params = withToken(world, ctx, given);
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, params.customer, "SetupIntent");
      if (params.confirm) checkHasMethod(method, "SetupIntent");
      const intent = createSetupIntent(world, ctx, {
        customer: params.customer ?? null,
        payment_method: method?.id ?? null,
        description: params.description || null,
        metadata: params.metadata ?? {},
        allow_redirects: params.automatic_payment_methods?.allow_redirects ?? "always",
        configuration: params.payment_method_configuration,
        ...allowedTypes(params.allowed_payment_method_types),
      });
      chooseVerification(intent, verificationOf(params));
      if (!params.confirm) return intent;
      return spending(params.token, intent.id, () =>
        confirmSetupIntent(world, ctx, intent, method, optionsOf(params)),
      );
    });
  },
  { extra: { ...withCard, ...typesAreGone } },
);

const update = route(
  "POST /v1/setup_intents/:id",
  [...methodParams, "customer", "description", "metadata"],
  ({ world, ctx: now, id, params }) => {
    const intent = needSetupIntent(world, id);
    checkChangeable(
      intent,
      methodParams.some((name) => name in params),
    );
    const customer = params.customer || (intent.customer as string | null);
    const ctx = atPayer(world, now, customer);
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, customer, intent);
      intent.customer = customer;
      if (params.description !== undefined) intent.description = params.description || null;
      intent.metadata = mergeMetadata(intent.metadata ?? {}, params.metadata);
      if (!method) return intent;
      intent.payment_method = method.id;
      intent.next_action = null;
      intent.status = "requires_confirmation";
      return intent;
    });
  },
  { extra: { ...withCard, ...typesAreGone } },
);

const confirm = route(
  "POST /v1/setup_intents/:id/confirm",
  confirmation,
  ({ world, ctx: now, id, params: given }) => {
    const intent = needSetupIntent(world, id);
    const ctx = atPayer(world, now, intent.customer as string | null);
    const params = withToken(world, ctx, given);
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, intent.customer as string | null, intent);
      const known = method ?? find(world.paymentMethods, intent.payment_method as string | null);
      checkConfirmable(intent, known, "SetupIntent");
      chooseVerification(intent, verificationOf(params));
      return spending(params.token, id, () =>
        confirmSetupIntent(world, ctx, intent, method, optionsOf(params)),
      );
    });
  },
  { publishable: true, extra: { ...fromStripeJs, ...withCard } },
);

/** `/v1/setup_intents` */
export const setupIntentRoutes = [
  create,
  route("GET /v1/setup_intents/:id", ["client_secret"], ({ world, id }) => needSetupIntent(world, id), {
    publishable: true,
  }),
  update,
  confirm,
  route("POST /v1/setup_intents/:id/cancel", ["cancellation_reason"], ({ world, ctx, id, params }) => {
    const intent = needSetupIntent(world, id);
    const at = atPayer(world, ctx, intent.customer as string | null);
    return cancelSetupIntent(world, at, intent, params.cancellation_reason ?? null);
  }),
  route(
    "GET /v1/setup_intents",
    ["created", "customer", "payment_method", ...paging],
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
