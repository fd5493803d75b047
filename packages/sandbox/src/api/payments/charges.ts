import { updateCharge } from "../../engine/payments/update-charge.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";
import { captureChargeRoute } from "./capture-charge.js";
import { createChargeRoute } from "./post-charge.js";

/** `/v1/charges` */
export const chargeRoutes = [
  createChargeRoute,
  captureChargeRoute,
  route("GET /v1/charges/:id", [], ({ world, id }) => need(world.charges, "charge", id)),
  route(
    "POST /v1/charges/:id",
    ["customer", "description", "fraud_details", "metadata", "receipt_email", "shipping", "transfer_group"],
    ({ world, ctx, id, params }) => updateCharge(world, ctx, id, params),
  ),
  route("GET /v1/charges", ["created", "customer", "payment_intent", ...paging], ({ world, params }) => {
    const rows = newestFirst(world.charges).filter(
      (charge) =>
        (params.customer === undefined || charge.customer === params.customer) &&
        (params.payment_intent === undefined || charge.payment_intent === params.payment_intent) &&
        within(charge.created, params.created),
    );
    return pageOf(rows, params, "/v1/charges");
  }),
];
