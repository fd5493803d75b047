import { need, newestFirst } from "../engine/find.js";
import { createRefund } from "../engine/refund.js";
import { choice, integer, metadata, pagination, range, text } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

/** `/v1/charges` */
export const chargeRoutes = [
  ownRoute("GET", "/v1/charges/:id", {}, ({ world, id }) => need(world.charges, "charge", id)),
  ownRoute(
    "GET",
    "/v1/charges",
    { ...pagination, created: range(), customer: text(), payment_intent: text() },
    ({ world, params }) => {
      const rows = newestFirst(world.charges).filter(
        (charge) =>
          (params.customer === undefined || charge.customer === params.customer) &&
          (params.payment_intent === undefined || charge.payment_intent === params.payment_intent) &&
          within(charge.created, params.created),
      );
      return pageOf(rows, params, "/v1/charges");
    },
  ),
];

/** `/v1/refunds` */
export const refundRoutes = [
  ownRoute(
    "POST",
    "/v1/refunds",
    {
      amount: integer(1),
      charge: text(),
      metadata: metadata(),
      payment_intent: text(),
      reason: choice("duplicate", "fraudulent", "requested_by_customer"),
    },
    ({ world, ctx, params }) => createRefund(world, ctx, params),
  ),
  ownRoute("GET", "/v1/refunds/:id", {}, ({ world, id }) => need(world.refunds, "refund", id)),
  ownRoute(
    "GET",
    "/v1/refunds",
    { ...pagination, charge: text(), created: range(), payment_intent: text() },
    ({ world, params }) => {
      const rows = newestFirst(world.refunds).filter(
        (refund) =>
          (params.charge === undefined || refund.charge === params.charge) &&
          (params.payment_intent === undefined || refund.payment_intent === params.payment_intent) &&
          within(refund.created, params.created),
      );
      return pageOf(rows, params, "/v1/refunds");
    },
  ),
];
