import { needCustomer } from "../../engine/customers/customer.js";
import {
  createCardSource,
  deleteCardSource,
  needCardSource,
  updateCardSource,
} from "../../engine/methods/card-source.js";
import { toCardSource } from "../../engine/methods/to-card-source.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

const wholeNumber = (value: string | undefined, param: string): number | undefined => {
  if (value === undefined) return undefined;
  if (!/^\d{1,4}$/.test(value))
    throw invalidRequest(`Invalid integer: ${value}`, "parameter_invalid_integer", param);
  return Number(value);
};

const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** `/v1/customers/:id/sources`: cards of the old kind. */
export const cardSourceRoutes = [
  route("POST /v1/customers/:id/sources", ["metadata", "source"], ({ world, ctx, id, params }) =>
    toCardSource(createCardSource(world, ctx, id, params)),
  ),
  route("GET /v1/customers/:id/sources/:child", [], ({ world, id, child }) =>
    toCardSource(needCardSource(world, id, child)),
  ),
  route(
    "POST /v1/customers/:id/sources/:child",
    ["exp_month", "exp_year", "metadata", "name"],
    ({ world, ctx, id, child, params }) => {
      const { exp_month, exp_year, ...rest } = params;
      const dates = present({
        exp_month: wholeNumber(exp_month, "exp_month"),
        exp_year: wholeNumber(exp_year, "exp_year"),
      });
      const method = needCardSource(world, id, child);
      return toCardSource(updateCardSource(world, ctx, method, { ...rest, ...dates }));
    },
  ),
  route("DELETE /v1/customers/:id/sources/:child", [], ({ world, ctx, id, child }) => {
    deleteCardSource(world, ctx, needCardSource(world, id, child));
    return deleted("card", child);
  }),
  route(
    "GET /v1/customers/:id/sources",
    ["ending_before", "limit", "object", "starting_after"],
    ({ world, id, params }) => {
      needCustomer(world, id);
      const rows = newestFirst(world.paymentMethods)
        .filter((method) => method.customer === id && method.id.startsWith("card_"))
        .map(toCardSource);
      return pageOf(params.object === "bank_account" ? [] : rows, params, `/v1/customers/${id}/sources`);
    },
  ),
];
