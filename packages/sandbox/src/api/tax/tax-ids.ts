import { needCustomer } from "../../engine/customers/customer.js";
import { createTaxId, deleteTaxId, taxIdsOf } from "../../engine/customers/tax-id.js";
import { find, need } from "../../engine/world/find.js";
import { missing } from "../../engine/world/stripe-error.js";
import type { TaxId } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { deleted } from "../answers/lookup.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

const path = "/v1/customers/:id/tax_ids";

const needOf = (world: World, customer: string, id: string): TaxId => {
  const taxId = find(world.taxIds, id);
  if (taxId?.customer !== customer) throw missing("tax ID", id);
  return taxId;
};

/** `/v1/customers/:id/tax_ids` and `/v1/tax_ids` */
export const taxIdRoutes = [
  route(`POST ${path}`, ["type", "value"], ({ world, ctx, id, params }) => {
    const customer = needCustomer(world, id, "id").id;
    return createTaxId(world, ctx, { ...params, owner: { customer, type: "customer" } });
  }),
  route(`GET ${path}/:child`, [], ({ world, id, child }) => needOf(world, id, child)),
  route(`DELETE ${path}/:child`, [], ({ world, ctx, id, child }) => {
    deleteTaxId(world, ctx, needOf(world, id, child).id);
    return deleted("tax_id", child);
  }),
  route(`GET ${path}`, ["ending_before", "limit", "starting_after"], ({ world, id, params }) =>
    pageOf(taxIdsOf(world, needCustomer(world, id, "id").id), params, `/v1/customers/${id}/tax_ids`),
  ),
  route("POST /v1/tax_ids", ["owner.customer", "owner.type", "type", "value"], ({ world, ctx, params }) =>
    createTaxId(world, ctx, params),
  ),
  route("GET /v1/tax_ids/:id", [], ({ world, id }) => need(world.taxIds, "tax ID", id)),
  route("DELETE /v1/tax_ids/:id", [], ({ world, ctx, id }) => {
    deleteTaxId(world, ctx, id);
    return deleted("tax_id", id);
  }),
  route(
    "GET /v1/tax_ids",
    ["ending_before", "limit", "owner.customer", "owner.type", "starting_after"],
    ({ world, params }) => {
      const customer = params.owner?.type === "customer" ? (params.owner.customer ?? "") : null;
      return pageOf(taxIdsOf(world, customer), params, "/v1/tax_ids");
    },
  ),
];
