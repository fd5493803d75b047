import { createRefund } from "../../engine/payments/refund.js";
import { updateRefund } from "../../engine/payments/tell-refund-change.js";
import { find, need } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { Refund } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

export const customerOf = (world: World, refund: Refund): string | null =>
  (find(world.charges, refund.charge as string | null)?.customer ?? null) as string | null;

/** None waits here for its customer: refunds of cards and of bank debits never do. */
const refuseToEnd = (world: World, id: string): never => {
  const { status } = need<Refund>(world.refunds, "refund", id);
  throw invalidRequest(
    `Refund ${id} has a status of ${status}; only refunds with a status of requires_action can be expired.`,
  );
};

const refuseToCancel = (world: World, id: string): never => {
  need<Refund>(world.refunds, "refund", id);
  throw invalidRequest("Canceling this refund is unsupported.");
};

/** `/v1/refunds` */
export const refundRoutes = [
  route(
    "POST /v1/refunds",
    [
      "amount",
      "charge",
      "metadata",
      "payment_intent",
      "reason",
      "refund_application_fee",
      "reverse_transfer",
    ],
    ({ world, ctx, params }) => createRefund(world, ctx, params),
  ),
  route("GET /v1/refunds/:id", [], ({ world, id }) => need(world.refunds, "refund", id)),
  route("POST /v1/refunds/:id", ["metadata"], ({ world, ctx, id, params }) => {
    const refund = need<Refund>(world.refunds, "refund", id);
    const at = atCustomer(world, ctx, customerOf(world, refund));
    return updateRefund(world, at, refund, params.metadata);
  }),
  route("POST /v1/refunds/:id/cancel", [], ({ world, id }) => refuseToCancel(world, id)),
  route("POST /v1/test_helpers/refunds/:id/expire", [], ({ world, id }) => refuseToEnd(world, id)),
  route("GET /v1/refunds", ["charge", "created", "payment_intent", ...paging], ({ world, params }) => {
    const rows = newestFirst(world.refunds).filter(
      (refund) =>
        (params.charge === undefined || refund.charge === params.charge) &&
        (params.payment_intent === undefined || refund.payment_intent === params.payment_intent) &&
        within(refund.created, params.created),
    );
    return pageOf(rows, params, "/v1/refunds");
  }),
];
