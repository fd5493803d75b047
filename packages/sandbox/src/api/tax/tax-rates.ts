import { createTaxRate, updateTaxRate } from "../../engine/tax/tax-rate.js";
import { needAt } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const changeable = [
  "active",
  "country",
  "description",
  "display_name",
  "jurisdiction",
  "metadata",
  "state",
  "tax_type",
] as const;

/** `/v1/tax_rates` */
export const taxRateRoutes = [
  route("POST /v1/tax_rates", [...changeable, "inclusive", "percentage"], ({ world, ctx, params }) =>
    createTaxRate(world, ctx, params),
  ),
  route("GET /v1/tax_rates/:id", [], ({ world, id }) => needAt(world.taxRates, "tax rate", id, "tax_rate")),
  route("POST /v1/tax_rates/:id", [...changeable], ({ world, ctx, id, params }) =>
    updateTaxRate(world, ctx, id, params),
  ),
  route(
    "GET /v1/tax_rates",
    ["active", "created", "ending_before", "inclusive", "limit", "starting_after"],
    ({ world, params }) => {
      const rows = newestFirst(world.taxRates).filter(
        (rate) =>
          // The rates of the automatic tax are not the account's own.
          rate.jurisdiction_level === null &&
          (params.active === undefined || rate.active === params.active) &&
          (params.inclusive === undefined || rate.inclusive === params.inclusive) &&
          within(rate.created, params.created),
      );
      return pageOf(rows, params, "/v1/tax_rates");
    },
  ),
];
