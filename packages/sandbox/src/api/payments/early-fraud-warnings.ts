import { warnOfFraud } from "../../engine/payments/early-fraud-warning.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import type { Charge } from "../../engine/world/wire.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { ownRoute, route } from "../params/route.js";

/** `/v1/radar/early_fraud_warnings`, and a way to have one without its card */
export const earlyFraudWarningRoutes = [
  route("GET /v1/radar/early_fraud_warnings/:id", [], ({ world, id }) =>
    need(world.earlyFraudWarnings, "early_fraud_warning", id),
  ),
  route(
    "GET /v1/radar/early_fraud_warnings",
    ["charge", "created", "payment_intent", ...paging],
    ({ world, params }) => {
      const rows = newestFirst(world.earlyFraudWarnings).filter(
        (warning) =>
          (params.charge === undefined || warning.charge === params.charge) &&
          (params.payment_intent === undefined || warning.payment_intent === params.payment_intent) &&
          within(warning.created, params.created),
      );
      return pageOf(rows, params, "/v1/radar/early_fraud_warnings");
    },
  ),
  ownRoute("POST", "/v1/sandbox/charges/:id/early_fraud_warning", {}, ({ world, ctx, id }) => {
    const charge = need<Charge>(world.charges, "charge", id);
    return warnOfFraud(world, atCustomer(world, ctx, charge.customer as string | null), charge);
  }),
];
