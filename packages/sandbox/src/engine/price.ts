import { checkCycle } from "./billing-cycle.js";
import { type Context, seconds } from "./context.js";
import { change, emit } from "./emit.js";
import { need } from "./find.js";
import { type MetadataChange, mergeMetadata } from "./metadata.js";
import { createProduct } from "./product.js";
import { invalidRequest } from "./stripe-error.js";
import type { Price } from "./wire.js";
import type { World } from "./world.js";

type Interval = "day" | "month" | "week" | "year";

export type NewPrice = {
  currency: string;
  unit_amount: number;
  product?: string;
  product_data?: { name: string; metadata?: Record<string, string> };
  recurring?: { interval: Interval; interval_count?: number };
  active?: boolean;
  lookup_key?: string;
  transfer_lookup_key?: boolean;
  metadata?: MetadataChange;
  nickname?: string;
  tax_behavior?: "exclusive" | "inclusive" | "unspecified";
};

export type PriceFields = {
  active?: boolean;
  lookup_key?: string;
  transfer_lookup_key?: boolean;
  metadata?: MetadataChange;
  nickname?: string | null;
  tax_behavior?: "exclusive" | "inclusive" | "unspecified";
};

/** A lookup key belongs to one price at a time; with `transfer` it moves here, without it is refused. */
const claimLookupKey = (
  world: World,
  ctx: Context,
  key: string | undefined,
  transfer: boolean | undefined,
  own: string | null,
): void => {
  if (key === undefined || key === "") return;
  const holder = Object.values(world.prices).find((price) => price.lookup_key === key && price.id !== own);
  if (!holder) return;
  if (!transfer)
    throw invalidRequest(
      `A price (\`${holder.id}\`) already uses that lookup key. Pass \`transfer_lookup_key=true\` to move it.`,
      "resource_already_exists",
      "lookup_key",
    );
  change(world, ctx, "price.updated", holder, (draft) => {
    draft.lookup_key = null;
  });
};

const recurringOf = (recurring: NewPrice["recurring"]): Price["recurring"] =>
  recurring
    ? {
        interval: recurring.interval,
        interval_count: recurring.interval_count ?? 1,
        meter: null,
        trial_period_days: null,
        usage_type: "licensed",
      }
    : null;

const productOf = (world: World, ctx: Context, fields: NewPrice): string => {
  if (fields.product !== undefined && fields.product_data !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: product, product_data.",
      "parameters_exclusive",
    );
  if (fields.product !== undefined) return need(world.products, "product", fields.product, "product").id;
  if (fields.product_data) return createProduct(world, ctx, fields.product_data).id;
  throw invalidRequest("Missing required param: product.", "parameter_missing", "product");
};

/** The price object itself; Checkout also makes these from `price_data`. */
export const createPrice = (world: World, ctx: Context, fields: NewPrice): Price => {
  if (fields.recurring) checkCycle({ interval_count: 1, ...fields.recurring });
  const product = productOf(world, ctx, fields);
  claimLookupKey(world, ctx, fields.lookup_key, fields.transfer_lookup_key, null);
  const price: Price = {
    id: ctx.ids.id("price"),
    object: "price",
    active: fields.active ?? true,
    billing_scheme: "per_unit",
    created: seconds(ctx),
    currency: fields.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: fields.lookup_key ?? null,
    metadata: mergeMetadata({}, fields.metadata),
    nickname: fields.nickname ?? null,
    product,
    recurring: recurringOf(fields.recurring),
    tax_behavior: fields.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: fields.recurring ? "recurring" : "one_time",
    unit_amount: fields.unit_amount,
    unit_amount_decimal: String(fields.unit_amount),
  };
  world.prices[price.id] = price;
  emit(world, ctx, "price.created", price);
  return price;
};

/** Changes what may change of a price; its amount, currency and interval never do. */
export const updatePrice = (world: World, ctx: Context, id: string, fields: PriceFields): Price => {
  const price = need(world.prices, "price", id);
  claimLookupKey(world, ctx, fields.lookup_key, fields.transfer_lookup_key, id);
  return change(world, ctx, "price.updated", price, (draft) => {
    if (fields.active !== undefined) draft.active = fields.active;
    if (fields.lookup_key !== undefined)
      draft.lookup_key = fields.lookup_key === "" ? null : fields.lookup_key;
    if (fields.nickname !== undefined) draft.nickname = fields.nickname;
    if (fields.tax_behavior !== undefined) draft.tax_behavior = fields.tax_behavior;
    draft.metadata = mergeMetadata(draft.metadata, fields.metadata);
  });
};
