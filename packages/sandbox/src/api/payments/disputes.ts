import {
  closeDispute,
  type DisputeChange,
  openDispute,
  updateDispute,
} from "../../engine/payments/dispute.js";
import type { Context } from "../../engine/world/context.js";
import { find, need, needAt } from "../../engine/world/find.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { Charge, Dispute } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf, within } from "../answers/page-of.js";
import { choice, required } from "../params/fields.js";
import { requestFields } from "../params/request-fields.js";
import { ownRoute, route } from "../params/route.js";

const needDispute = (world: World, id: string): Dispute => needAt(world.disputes, "dispute", id, "dispute");

/** At the time of the customer whose charge is disputed. */
const atPayer = (world: World, ctx: Context, { charge }: Dispute): Context =>
  atCustomer(world, ctx, find(world.charges, charge as string)?.customer as string | null | undefined);

/** The dispute of a charge: the newest, if it had more than one. */
const disputeOf = (world: World, charge: string): Dispute => {
  needAt<Charge>(world.charges, "charge", charge, "charge");
  const [found] = newestFirst(world.disputes).filter((dispute) => dispute.charge === charge);
  if (!found)
    throw new StripeError(404, {
      type: "invalid_request_error",
      message: `No dispute for charge: ${charge}`,
    });
  return found;
};

const answer = requestFields("POST /v1/disputes/:id");

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
    const { has_more, url, ...page } = pageOf(rows, params, "/v1/disputes");
    // This list alone says how many there are.
    return { ...page, count: [...rows].length, has_more, url };
  }),
  route("GET /v1/disputes/:id", [], ({ world, id }) => needDispute(world, id)),
  route("POST /v1/disputes/:id", ["evidence", "metadata", "submit"], ({ world, ctx, id, params }) =>
    updateDispute(world, atPayer(world, ctx, needDispute(world, id)), needDispute(world, id), params),
  ),
  route("POST /v1/disputes/:id/close", [], ({ world, ctx, id }) =>
    closeDispute(world, atPayer(world, ctx, needDispute(world, id)), needDispute(world, id)),
  ),
  ownRoute("GET", "/v1/charges/:id/dispute", {}, ({ world, id }) => disputeOf(world, id)),
  ownRoute("POST", "/v1/charges/:id/dispute", answer, ({ world, ctx, id, params }) => {
    const dispute = disputeOf(world, id);
    return updateDispute(world, atPayer(world, ctx, dispute), dispute, params as DisputeChange);
  }),
  ownRoute("POST", "/v1/charges/:id/dispute/close", {}, ({ world, ctx, id }) => {
    const dispute = disputeOf(world, id);
    return closeDispute(world, atPayer(world, ctx, dispute), dispute);
  }),
  ownRoute(
    "POST",
    "/v1/sandbox/charges/:id/dispute",
    {
      kind: required(
        choice("dispute_fraudulent", "dispute_inquiry", "dispute_prevented", "dispute_product_not_received"),
      ),
    },
    ({ world, ctx, id, params }) => {
      const charge = need<Charge>(world.charges, "charge", id);
      const at = atCustomer(world, ctx, charge.customer as string | null);
      return openDispute(world, at, charge, params.kind);
    },
  ),
];
