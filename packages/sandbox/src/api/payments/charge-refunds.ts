import { createRefund } from "../../engine/payments/refund.js";
import { updateRefund } from "../../engine/payments/tell-refund-change.js";
import { find, need } from "../../engine/world/find.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { Charge, Refund } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf } from "../answers/page-of.js";
import { choice, flag, integer, metadata, pagination } from "../params/fields.js";
import { ownRoute } from "../params/route.js";
import { customerOf } from "./refunds.js";

const fields = {
  amount: integer(),
  metadata: metadata(),
  reason: choice("duplicate", "fraudulent", "requested_by_customer"),
  refund_application_fee: flag(),
  reverse_transfer: flag(),
};

const needCharge = (world: World, id: string): Charge => need(world.charges, "charge", id);

/** A refund of this charge and no other. */
const needRefund = (world: World, charge: string, id: string): Refund => {
  needCharge(world, charge);
  const refund = find<Refund>(world.refunds, id);
  if (refund?.charge === charge) return refund;
  const body = { type: "invalid_request_error", code: "resource_missing", param: "refund" } as const;
  throw new StripeError(404, { ...body, message: `No such refund: '${id}'` });
};

/** `/v1/charges/:id/refunds`, which the SDK has left, and `/v1/charges/:id/refund`, which it left long ago. */
export const chargeRefundRoutes = [
  ownRoute("POST", "/v1/charges/:id/refund", fields, ({ world, ctx, id, params }) => {
    createRefund(world, ctx, { ...params, charge: id });
    return needCharge(world, id);
  }),
  ownRoute("POST", "/v1/charges/:id/refunds", fields, ({ world, ctx, id, params }) =>
    createRefund(world, ctx, { ...params, charge: id }),
  ),
  ownRoute("GET", "/v1/charges/:id/refunds", pagination, ({ world, id, params }) => {
    needCharge(world, id);
    const rows = newestFirst(world.refunds).filter(({ charge }) => charge === id);
    return pageOf(rows, params, `/v1/charges/${id}/refunds`);
  }),
  ownRoute("GET", "/v1/charges/:id/refunds/:child", {}, ({ world, id, child }) =>
    needRefund(world, id, child),
  ),
  ownRoute(
    "POST",
    "/v1/charges/:id/refunds/:child",
    { metadata: metadata() },
    ({ world, ctx, id, child, params }) => {
      const refund = needRefund(world, id, child);
      return updateRefund(world, atCustomer(world, ctx, customerOf(world, refund)), refund, params.metadata);
    },
  ),
];
