import { configurableMethods } from "../../engine/methods/configurable-methods.js";
import {
  createConfiguration,
  defaultConfiguration,
  needConfiguration,
  updateConfiguration,
} from "../../engine/methods/payment-method-configuration.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/payment_method_configurations` */
export const paymentMethodConfigurationRoutes = [
  route(
    "POST /v1/payment_method_configurations",
    [...configurableMethods, "name", "parent"],
    ({ world, ctx, params }) => createConfiguration(world, ctx, params),
  ),
  route("GET /v1/payment_method_configurations/:id", [], ({ world, id }) => needConfiguration(world, id)),
  route(
    "POST /v1/payment_method_configurations/:id",
    [...configurableMethods, "active", "name"],
    ({ world, id, params }) => updateConfiguration(world, id, params),
  ),
  route("GET /v1/payment_method_configurations", ["active", ...paging], ({ world, params }) => {
    defaultConfiguration(world);
    const rows = newestFirst(world.paymentMethodConfigurations).filter(
      ({ active }) => params.active === undefined || active === params.active,
    );
    return pageOf(rows, params, "/v1/payment_method_configurations");
  }),
];
