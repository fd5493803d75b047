import { type Context, seconds } from "./context.js";
import { change, emit } from "./emit.js";
import { need } from "./find.js";
import { type MetadataChange, mergeMetadata } from "./metadata.js";
import { invalidRequest } from "./stripe-error.js";
import type { Product } from "./wire.js";
import type { World } from "./world.js";

export type ProductFields = {
  name?: string;
  active?: boolean;
  description?: string | null;
  images?: string[] | null;
  marketing_features?: Array<{ name: string }> | null;
  metadata?: MetadataChange;
  statement_descriptor?: string | null;
  tax_code?: string | null;
  unit_label?: string | null;
  url?: string | null;
  default_price?: string;
};

const blank = (id: string, name: string, now: number): Product => ({
  id,
  object: "product",
  active: true,
  created: now,
  default_price: null,
  description: null,
  images: [],
  livemode: false,
  marketing_features: [],
  metadata: {},
  name,
  package_dimensions: null,
  shippable: null,
  statement_descriptor: null,
  tax_code: null,
  tax_details: null,
  type: "service",
  unit_label: null,
  updated: now,
  url: null,
});

const write = (product: Product, fields: ProductFields): void => {
  const { metadata, images, marketing_features, ...plain } = fields;
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  Object.assign(product, Object.fromEntries(given));
  if (images !== undefined) product.images = images ?? [];
  if (marketing_features !== undefined) product.marketing_features = marketing_features ?? [];
  product.metadata = mergeMetadata(product.metadata, metadata);
};

/** Creates a product, under a chosen id if one is given. */
export const createProduct = (
  world: World,
  ctx: Context,
  fields: ProductFields & { id?: string; name: string },
): Product => {
  const { id = ctx.ids.id("prod").replace("_1", "_"), ...rest } = fields;
  if (Object.hasOwn(world.products, id))
    throw invalidRequest("Product already exists.", "resource_already_exists", "id");
  const product = blank(id, fields.name, seconds(ctx));
  write(product, rest);
  world.products[id] = product;
  emit(world, ctx, "product.created", product);
  return product;
};

/** Changes what is given of a product. */
export const updateProduct = (world: World, ctx: Context, id: string, fields: ProductFields): Product => {
  const product = need(world.products, "product", id);
  if (fields.default_price) need(world.prices, "price", fields.default_price, "default_price");
  return change(world, ctx, "product.updated", product, (draft) => {
    write(draft, fields);
    if (Object.keys(fields).length > 0) draft.updated = seconds(ctx);
  });
};

/** Deletes a product that has no price. */
export const deleteProduct = (world: World, ctx: Context, id: string): { id: string } => {
  const product = need(world.products, "product", id);
  if (Object.values(world.prices).some((price) => price.product === id))
    throw invalidRequest("This product cannot be deleted because it has one or more user-created prices.");
  delete world.products[id];
  emit(world, ctx, "product.deleted", product);
  return product;
};
