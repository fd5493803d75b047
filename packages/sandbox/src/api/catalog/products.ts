import { createProductWithPrice } from "../../engine/catalog/create-product-with-price.js";
import { deleteProduct, updateProduct } from "../../engine/catalog/product.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf, paging, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

const shared = [
  "active",
  "description",
  "images",
  "marketing_features",
  "metadata",
  "name",
  "package_dimensions",
  "shippable",
  "statement_descriptor",
  "tax_code",
  "tax_details",
  "unit_label",
  "url",
] as const;

/** `/v1/products` */
export const productRoutes = [
  route("POST /v1/products", [...shared, "default_price_data", "id", "type"], ({ world, ctx, params }) =>
    createProductWithPrice(world, ctx, params),
  ),
  route("GET /v1/products/:id", [], ({ world, id }) => need(world.products, "product", id)),
  route("POST /v1/products/:id", [...shared, "default_price"], ({ world, ctx, id, params }) =>
    updateProduct(world, ctx, id, params),
  ),
  route("DELETE /v1/products/:id", [], ({ world, ctx, id }) => {
    deleteProduct(world, ctx, id);
    return deleted("product", id);
  }),
  route(
    "GET /v1/products",
    [...paging, "active", "created", "ids", "shippable", "type", "url"],
    ({ world, params }) => {
      const { active, ids, shippable, type, url } = params;
      const rows = newestFirst(world.products).filter(
        (product) =>
          (active === undefined || product.active === active) &&
          (ids === undefined || ids.includes(product.id)) &&
          (shippable === undefined || product.shippable === shippable) &&
          (type === undefined || product.type === type) &&
          (url === undefined || product.url === url) &&
          within(product.created, params.created),
      );
      return pageOf(rows, params, "/v1/products");
    },
  ),
];
