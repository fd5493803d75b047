import type Stripe from "stripe";
import { checkLength } from "../world/check-limits.js";
import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, Product } from "../world/wire.js";
import type { World } from "../world/world.js";

export type NewProduct = Omit<Given<Stripe.ProductCreateParams>, "default_price_data" | "expand">;
export type ProductFields = Omit<Given<Stripe.ProductUpdateParams>, "expand">;

/** A product with nothing but its name; `now` is in seconds. */
export const blankProduct = (id: string, name: string, now: number): Product => ({
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

const plain = [
  "active",
  "default_price",
  "description",
  "name",
  "package_dimensions",
  "shippable",
  "statement_descriptor",
  "tax_code",
  "type",
  "unit_label",
  "url",
] as const;

type Fields = Partial<Omit<NewProduct, "id">> | ProductFields;

/** A tax code is shown twice: alone, and among the details. */
const writeTax = (product: Product, { tax_code, tax_details }: Fields): void => {
  if (tax_code !== undefined) {
    const performance_location = product.tax_details?.performance_location ?? null;
    product.tax_details =
      tax_code || performance_location ? { performance_location, tax_code: tax_code || null } : null;
  }
  if (tax_details === undefined) return;
  product.tax_details = tax_details && {
    performance_location: tax_details.performance_location ?? null,
    tax_code: tax_details.tax_code ?? null,
  };
  if (tax_details?.tax_code) product.tax_code = tax_details.tax_code;
};

const write = (product: Product, fields: Fields): void => {
  const given: Record<string, unknown> = { ...fields };
  // An empty text unsets.
  const set = plain
    .filter((key) => given[key] !== undefined)
    .map((key) => [key, given[key] === "" ? null : given[key]]);
  Object.assign(product, Object.fromEntries(set));
  if (fields.images !== undefined) product.images = fields.images ?? [];
  if (fields.marketing_features !== undefined) product.marketing_features = fields.marketing_features ?? [];
  writeTax(product, fields);
  product.metadata = mergeMetadata(product.metadata, fields.metadata);
};

const tooLong = (param: string, most: number) =>
  invalidRequest(`Invalid string: ${param} must be at most ${most} characters.`, undefined, param);

const checkTexts = (fields: Fields, name: (key: string) => string): void => {
  const descriptor = fields.statement_descriptor ?? "";
  if (fields.name === "" || fields.name === null)
    throw invalidRequest(
      "You passed an empty string for 'name'. We assume empty values are an attempt to unset a parameter; " +
        "however 'name' cannot be unset. You should remove 'name' from your request or supply a non-empty value.",
      "parameter_invalid_empty",
      name("name"),
    );
  if (descriptor.length > 22) throw tooLong(name("statement_descriptor"), 22);
  if (/[<>\\"']/.test(descriptor) || (descriptor !== "" && !/[a-z]/i.test(descriptor)))
    throw invalidRequest(
      "The statement descriptor must contain at least one letter and none of the characters < > \\ ' \".",
      undefined,
      name("statement_descriptor"),
    );
  if ((fields.unit_label?.length ?? 0) > 12) throw tooLong(name("unit_label"), 12);
  if ((fields.images?.length ?? 0) > 8)
    throw invalidRequest("A product can have at most 8 images.", undefined, name("images"));
  fields.marketing_features?.forEach((feature, index) => {
    checkLength(feature.name, 80, name(`marketing_features[${index}][name]`));
  });
  if ((fields.marketing_features?.length ?? 0) > 15)
    throw invalidRequest(
      "A product can have at most 15 marketing features.",
      undefined,
      name("marketing_features"),
    );
};

/** Refuses a product that can't be created, before creating anything. */
export const checkProduct = (
  world: World,
  fields: NewProduct,
  name: (key: string) => string = (key) => key,
): void => {
  if (fields.id !== undefined && !/^[\w-]+$/.test(fields.id))
    throw invalidRequest(
      "The product id may only contain letters, digits, underscores and hyphens.",
      undefined,
      name("id"),
    );
  if (find(world.products, fields.id))
    throw invalidRequest("Product already exists.", "resource_already_exists", name("id"));
  checkTexts(fields, name);
};

/** Creates a product, under a chosen id if one is given. */
export const createProduct = (world: World, ctx: Context, fields: NewProduct): Product => {
  checkProduct(world, fields);
  const { id = ctx.ids.id("prod").replace("_1", "_"), ...rest } = fields;
  const product = blankProduct(id, fields.name, seconds(ctx));
  write(product, rest);
  world.products[id] = product;
  emit(world, ctx, "product.created", product);
  return product;
};

const checkDefault = (world: World, id: string, price: string | undefined): void => {
  if (!price) return;
  const row = need(world.prices, "price", price, "default_price");
  if (row.product !== id)
    throw invalidRequest(
      `The price \`${price}\` belongs to another product and can't be the default price of this one.`,
      undefined,
      "default_price",
    );
  if (!row.active)
    throw invalidRequest("The default price of a product must be active.", undefined, "default_price");
};

/** Changes the given parts of a product. */
export const updateProduct = (world: World, ctx: Context, id: string, fields: ProductFields): Product => {
  const product = need(world.products, "product", id);
  checkTexts(fields, (key) => key);
  checkDefault(world, id, fields.default_price);
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
  emit(world, ctx, "product.deleted", { ...product, active: false });
  return product;
};
