import { need, newestFirst } from "../engine/find.js";
import { createProduct, deleteProduct, type ProductFields, updateProduct } from "../engine/product.js";
import {
  accepted,
  clearable,
  flag,
  hash,
  list,
  metadata,
  pagination,
  range,
  required,
  text,
} from "./fields.js";
import { deleted } from "./lookup.js";
import { pageOf, within } from "./page-of.js";
import { ownRoute } from "./route.js";

const fields = {
  active: flag(),
  description: clearable(text()),
  images: clearable(list(text())),
  marketing_features: clearable(list(hash({ name: required(text()) }))),
  metadata: metadata(),
  package_dimensions: accepted(),
  shippable: accepted(),
  statement_descriptor: clearable(text()),
  tax_code: clearable(text()),
  unit_label: clearable(text()),
  url: clearable(text()),
};

type Given = ProductFields & { package_dimensions?: unknown; shippable?: unknown };
const simulated = ({ package_dimensions, shippable, ...rest }: Given): ProductFields => rest;

/** `/v1/products` */
export const productRoutes = [
  ownRoute(
    "POST",
    "/v1/products",
    { ...fields, id: text(), name: required(text()) },
    ({ world, ctx, params }) =>
      createProduct(world, ctx, {
        ...simulated(params),
        name: params.name,
        ...(params.id ? { id: params.id } : {}),
      }),
  ),
  ownRoute("GET", "/v1/products/:id", {}, ({ world, id }) => need(world.products, "product", id)),
  ownRoute(
    "POST",
    "/v1/products/:id",
    { ...fields, name: text(), default_price: text() },
    ({ world, ctx, id, params }) => updateProduct(world, ctx, id, simulated(params)),
  ),
  ownRoute("DELETE", "/v1/products/:id", {}, ({ world, ctx, id }) => {
    deleteProduct(world, ctx, id);
    return deleted("product", id);
  }),
  ownRoute(
    "GET",
    "/v1/products",
    { ...pagination, active: flag(), created: range(), ids: list(text()), url: text() },
    ({ world, params }) => {
      const rows = newestFirst(world.products).filter(
        (product) =>
          (params.active === undefined || product.active === params.active) &&
          (params.ids === undefined || params.ids.includes(product.id)) &&
          (params.url === undefined || product.url === params.url) &&
          within(product.created, params.created),
      );
      return pageOf(rows, params, "/v1/products");
    },
  ),
];
