import { closeDispute, openDispute, updateDispute } from "../engine/dispute.js";
import { need, newestFirst } from "../engine/find.js";
import type { Dispute } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { choice, required } from "./fields.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute, route } from "./route.js";

const find = (world: World, id: string): Dispute => need(world.disputes, "dispute", id);

const page = ["created", "ending_before", "limit", "starting_after"] as const;

/** `/v1/disputes` */
export const disputeRoutes = [
  route("GET /v1/disputes", ["charge", "payment_intent", ...page], ({ world, params }) => {
    const rows = newestFirst(world.disputes).filter(
      (dispute) =>
        (params.charge === undefined || dispute.charge === params.charge) &&
        (params.payment_intent === undefined || dispute.payment_intent === params.payment_intent) &&
        within(dispute.created, params.created),
    );
    return pageOf(rows, params, "/v1/disputes");
  }),
  route("GET /v1/disputes/:id", [], ({ world, id }) => find(world, id)),
  route("POST /v1/disputes/:id", ["evidence", "metadata", "submit"], ({ world, ctx, id, params }) =>
    updateDispute(world, ctx, find(world, id), params),
  ),
  route("POST /v1/disputes/:id/close", [], ({ world, ctx, id }) => closeDispute(world, ctx, find(world, id))),
  ownRoute(
    "POST",
    "/v1/sandbox/charges/:id/dispute",
    { kind: required(choice("dispute_fraudulent", "dispute_inquiry", "dispute_product_not_received")) },
    ({ world, ctx, id, params }) => openDispute(world, ctx, need(world.charges, "charge", id), params.kind),
  ),
];
