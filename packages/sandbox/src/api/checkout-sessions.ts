import { createCheckoutSession } from "../engine/create-checkout-session.js";
import { expireCheckoutSession } from "../engine/expire-checkout-session.js";
import { find, need, newestFirst } from "../engine/find.js";
import { mergeMetadata } from "../engine/metadata.js";
import { checkoutFields, toOrder } from "./checkout-fields.js";
import { choice, metadata, pagination, range, text } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

/** `/v1/checkout/sessions` */
export const checkoutSessionRoutes = [
  ownRoute("POST", "/v1/checkout/sessions", checkoutFields, ({ world, ctx, params }) =>
    createCheckoutSession(world, ctx, toOrder(params)),
  ),
  ownRoute("GET", "/v1/checkout/sessions/:id", {}, ({ world, id }) =>
    need(world.checkoutSessions, "checkout.session", id),
  ),
  ownRoute("POST", "/v1/checkout/sessions/:id", { metadata: metadata() }, ({ world, id, params }) => {
    const session = need(world.checkoutSessions, "checkout.session", id);
    session.metadata = mergeMetadata(session.metadata ?? {}, params.metadata);
    return session;
  }),
  ownRoute("POST", "/v1/checkout/sessions/:id/expire", {}, ({ world, ctx, id }) =>
    expireCheckoutSession(world, ctx, id),
  ),
  ownRoute("GET", "/v1/checkout/sessions/:id/line_items", pagination, ({ world, id, params }) => {
    need(world.checkoutSessions, "checkout.session", id);
    const lines = find(world.hidden.checkouts, id)?.lineItems ?? [];
    return pageOf(lines, params, `/v1/checkout/sessions/${id}/line_items`);
  }),
  ownRoute(
    "GET",
    "/v1/checkout/sessions",
    {
      ...pagination,
      created: range(),
      customer: text(),
      payment_intent: text(),
      status: choice("complete", "expired", "open"),
      subscription: text(),
    },
    ({ world, params }) => {
      const rows = newestFirst(world.checkoutSessions).filter(
        (session) =>
          (params.customer === undefined || session.customer === params.customer) &&
          (params.payment_intent === undefined || session.payment_intent === params.payment_intent) &&
          (params.status === undefined || session.status === params.status) &&
          (params.subscription === undefined || session.subscription === params.subscription) &&
          within(session.created, params.created),
      );
      return pageOf(rows, params, "/v1/checkout/sessions");
    },
  ),
];
