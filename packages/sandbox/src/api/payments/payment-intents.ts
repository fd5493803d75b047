import { cancelPaymentIntent } from "../../engine/payments/payment-intent.js";
import { checkChangeable, updatePaymentIntent } from "../../engine/payments/update-payment-intent.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { withMethod } from "../methods/with-method.js";
import { route } from "../params/route.js";
import { capturePaymentIntentRoute } from "./capture-payment-intent.js";
import { checkOwner } from "./check-owner.js";
import { confirmPaymentIntentRoute } from "./confirm-payment-intent.js";
import { atPayer, methodParams, typesAreGone, withCard } from "./confirmation.js";
import { createPaymentIntentRoute } from "./create-payment-intent.js";
import { intentWords, needPaymentIntent } from "./intent-words.js";

const update = route(
  "POST /v1/payment_intents/:id",
  [...intentWords, ...methodParams, "amount", "currency", "customer"],
  ({ world, ctx: now, id, params }) => {
    const intent = needPaymentIntent(world, id);
    checkChangeable(intent, params);
    const customer = params.customer || intent.customer;
    const ctx = atPayer(world, now, customer as string | null);
    return withMethod(world, ctx, params, "payment_method", (method) => {
      checkOwner(method, customer as string | null, intent);
      return updatePaymentIntent(intent, params, method);
    });
  },
  { extra: { ...withCard, ...typesAreGone } },
);

/** `/v1/payment_intents` */
export const paymentIntentRoutes = [
  createPaymentIntentRoute,
  route("GET /v1/payment_intents/:id", ["client_secret"], ({ world, id }) => needPaymentIntent(world, id), {
    publishable: true,
  }),
  update,
  confirmPaymentIntentRoute,
  capturePaymentIntentRoute,
  route("POST /v1/payment_intents/:id/cancel", ["cancellation_reason"], ({ world, ctx, id, params }) => {
    const intent = needPaymentIntent(world, id);
    const at = atPayer(world, ctx, intent.customer as string | null);
    return cancelPaymentIntent(world, at, intent, params.cancellation_reason ?? null);
  }),
  route("GET /v1/payment_intents", ["created", "customer", ...paging], ({ world, params }) => {
    const rows = newestFirst(world.paymentIntents).filter(
      (intent) =>
        (params.customer === undefined || intent.customer === params.customer) &&
        within(intent.created, params.created),
    );
    return pageOf(rows, params, "/v1/payment_intents");
  }),
];
