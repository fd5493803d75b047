import { change } from "../engine/emit.js";
import { find, need, newestFirst } from "../engine/find.js";
import { mergeMetadata } from "../engine/metadata.js";
import { createRefund } from "../engine/refund.js";
import { invalidRequest } from "../engine/stripe-error.js";
import { atCustomer } from "../engine/test-clock.js";
import type { Refund } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { pageOf, paging, within } from "./page-of.js";
import { route } from "./route.js";

const customerOf = (world: World, refund: Refund): string | null =>
  (find(world.charges, refund.charge as string | null)?.customer ?? null) as string | null;

/** `/v1/refunds` */
export const refundRoutes = [
  route(
    "POST /v1/refunds",
    ["amount", "charge", "metadata", "payment_intent", "reason"],
    ({ world, ctx, params }) => createRefund(world, ctx, params),
  ),
  route("GET /v1/refunds/:id", [], ({ world, id }) => need(world.refunds, "refund", id)),
  route("POST /v1/refunds/:id", ["metadata"], ({ world, ctx, id, params }) => {
    const refund = need<Refund>(world.refunds, "refund", id);
    const at = atCustomer(world, ctx, customerOf(world, refund));
    return change(world, at, "refund.updated", refund, (draft) => {
      draft.metadata = mergeMetadata(draft.metadata ?? {}, params.metadata);
    });
  }),
  route("POST /v1/refunds/:id/cancel", [], ({ world, id }) => {
    const refund = need<Refund>(world.refunds, "refund", id);
    throw invalidRequest(
      `Refund ${refund.id} has a status of ${refund.status}; only refunds with a status of requires_action can be canceled.`,
    );
  }),
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
