import { createFeature, updateFeature } from "../../engine/catalog/feature.js";
import { find, need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import type { ActiveEntitlement } from "../../engine/world/wire.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/entitlements` */
export const entitlementRoutes = [
  route("POST /v1/entitlements/features", ["lookup_key", "metadata", "name"], ({ world, ctx, params }) =>
    createFeature(world, ctx, params),
  ),
  route("GET /v1/entitlements/features/:id", [], ({ world, id }) =>
    need(world.features, "entitlements feature", id),
  ),
  route("POST /v1/entitlements/features/:id", ["active", "metadata", "name"], ({ world, id, params }) =>
    updateFeature(world, id, params),
  ),
  route("GET /v1/entitlements/features", [...paging, "archived", "lookup_key"], ({ world, params }) => {
    const rows = newestFirst(world.features).filter(
      (feature) =>
        feature.active !== (params.archived ?? false) &&
        (params.lookup_key === undefined || feature.lookup_key === params.lookup_key),
    );
    return pageOf(rows, params, "/v1/entitlements/features");
  }),
  route("GET /v1/entitlements/active_entitlements/:id", [], ({ world, id }) => {
    const rows = Object.values(world.hidden.entitlements).flat();
    return rows.find((row) => row.id === id) ?? need<ActiveEntitlement>({}, "active entitlement", id);
  }),
  route("GET /v1/entitlements/active_entitlements", [...paging, "customer"], ({ world, params }) => {
    need(world.customers, "customer", params.customer, "customer");
    const rows = find(world.hidden.entitlements, params.customer) ?? [];
    return pageOf(rows, params, "/v1/entitlements/active_entitlements");
  }),
];
