import { createShippingRate, updateShippingRate } from "../../engine/catalog/shipping-rate.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/shipping_rates` */
export const shippingRateRoutes = [
  route(
    "POST /v1/shipping_rates",
    ["delivery_estimate", "display_name", "fixed_amount", "metadata", "tax_behavior", "tax_code", "type"],
    ({ world, ctx, params }) => createShippingRate(world, ctx, params),
  ),
  route("GET /v1/shipping_rates/:id", [], ({ world, id }) => need(world.shippingRates, "shipping rate", id)),
  route(
    "POST /v1/shipping_rates/:id",
    ["active", "fixed_amount", "metadata", "tax_behavior"],
    ({ world, id, params }) => updateShippingRate(need(world.shippingRates, "shipping rate", id), params),
  ),
  route(
    "GET /v1/shipping_rates",
    ["active", "created", "currency", "ending_before", "limit", "starting_after"],
    ({ world, params }) => {
      const rows = newestFirst(world.shippingRates).filter(
        (rate) =>
          (params.active === undefined || rate.active === params.active) &&
          (params.currency === undefined || rate.fixed_amount?.currency === params.currency) &&
          within(rate.created, params.created),
      );
      return pageOf(rows, params, "/v1/shipping_rates");
    },
  ),
];
