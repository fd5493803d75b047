import {
  attachFeature,
  detachFeature,
  featuresOf,
  needProductFeature,
} from "../../engine/catalog/feature.js";
import { entitleBuyers } from "../../engine/subscriptions/terms/entitle.js";
import { need } from "../../engine/world/find.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/products/:id/features` */
export const productFeatureRoutes = [
  route("POST /v1/products/:id/features", ["entitlement_feature"], ({ world, ctx, id, params }) => {
    const row = attachFeature(world, ctx, id, params.entitlement_feature);
    entitleBuyers(world, ctx, id);
    return row;
  }),
  route("GET /v1/products/:id/features", [...paging], ({ world, id, params }) => {
    need(world.products, "product", id);
    return pageOf(featuresOf(world, id), params, `/v1/products/${id}/features`);
  }),
  route("GET /v1/products/:id/features/:child", [], ({ world, id, child }) =>
    needProductFeature(world, id, child),
  ),
  route("DELETE /v1/products/:id/features/:child", [], ({ world, ctx, id, child }) => {
    detachFeature(world, id, child);
    entitleBuyers(world, ctx, id);
    return deleted("product_feature", child);
  }),
];
