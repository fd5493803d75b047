import type Stripe from "stripe";
import { needCurrency } from "../money/currency.js";
import { type Context, seconds } from "../world/context.js";
import { emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { CurrencyOption, Given, Price } from "../world/wire.js";
import type { Table, World } from "../world/world.js";
import { planOf } from "./plan-of.js";
import { checkLookupKey, claimLookupKey } from "./price-lookup-key.js";
import { checkProduct, createProduct } from "./product.js";
import { readRate } from "./read-rate.js";
import { type GivenRecurring, readRecurring } from "./read-recurring.js";

export type NewPrice = Omit<Given<Stripe.PriceCreateParams>, "expand" | "recurring"> & {
  recurring?: GivenRecurring;
};
type GivenOptions = NonNullable<NewPrice["currency_options"]>;

/** Reads the further currencies of a price. */
export const readOptions = (
  given: GivenOptions,
  own: string,
  tiered: boolean,
  name: (key: string) => string,
): Table<CurrencyOption> =>
  Object.fromEntries(
    Object.entries(given).map(([key, option]) => {
      const at = name(`currency_options[${key}]`);
      const currency = needCurrency(key, at);
      if (currency === own)
        throw invalidRequest(
          `The currency \`${currency}\` is the price's own and can't be one of its \`currency_options\`.`,
          undefined,
          at,
        );
      return [currency, readRate(option, tiered, { currency, name: (field) => `${at}[${field}]` })];
    }),
  );

const checkProductOf = (world: World, fields: NewPrice, name: (key: string) => string): void => {
  if (fields.product !== undefined && fields.product_data !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: product, product_data.",
      undefined,
      name("product"),
    );
  if (fields.product !== undefined) need(world.products, "product", fields.product, name("product"));
  else if (fields.product_data)
    checkProduct(world, fields.product_data, (key) => name(`product_data[${key}]`));
  else throw invalidRequest("You must specify either `product` or `product_data` when creating a price.");
};

const checkScheme = (fields: NewPrice, tiered: boolean, name: (key: string) => string): void => {
  if (tiered && !fields.recurring)
    throw invalidRequest(
      "Prices with `type=one_time` are not supported with tiered billing.",
      undefined,
      name("interval"),
    );
  if (tiered && !fields.tiers_mode)
    throw invalidRequest(
      "`tiers_mode` must be set when `billing_scheme` is `tiered`.",
      "parameter_missing",
      name("tiers_mode"),
    );
  if (!tiered && fields.tiers_mode)
    throw invalidRequest(
      "`tiers_mode` can't be set unless `billing_scheme` is `tiered`.",
      undefined,
      name("tiers_mode"),
    );
  if (tiered && fields.transform_quantity)
    throw invalidRequest(
      "`transform_quantity` can't be combined with `tiers`.",
      undefined,
      name("transform_quantity"),
    );
  if (fields.transform_quantity && fields.transform_quantity.divide_by < 1)
    throw invalidRequest(
      "Invalid positive integer",
      "parameter_invalid_integer",
      name("transform_quantity[divide_by]"),
    );
  if (fields.custom_unit_amount && fields.recurring)
    throw invalidRequest(
      "`custom_unit_amount` can't be used with recurring prices.",
      undefined,
      name("custom_unit_amount"),
    );
};

/** Everything a new price will be, checked; nothing is changed yet. */
const read = (world: World, fields: NewPrice, prefix: string) => {
  const name = (key: string): string => {
    if (prefix === "") return key;
    const [head = "", ...rest] = key.split("[");
    return `${prefix}[${head}]${rest.map((part) => `[${part}`).join("")}`;
  };
  const tiered = fields.billing_scheme === "tiered";
  const currency = needCurrency(fields.currency, name("currency"));
  checkProductOf(world, fields, name);
  const recurring = fields.recurring ? readRecurring(world, fields.recurring, name) : null;
  checkScheme(fields, tiered, name);
  const rate = readRate(fields, tiered, { currency, name });
  const options = readOptions(fields.currency_options ?? {}, currency, tiered, name);
  checkLookupKey(world, fields, null);
  return { currency, recurring, rate, options };
};

/** Refuses a price that can't be created, for actions that create it only later. */
export const checkNewPrice = (world: World, fields: NewPrice, prefix = ""): void => {
  read(world, fields, prefix);
};

/**
 * Creates a price, and perhaps its product too. `prefix` is where in the request it is, such as
 * `line_items[0][price_data]`; `id` is for plans, which may have custom ids.
 */
export const createPrice = (
  world: World,
  ctx: Context,
  fields: NewPrice,
  prefix = "",
  id?: string,
): Price => {
  const { currency, recurring, rate, options } = read(world, fields, prefix);
  const product = fields.product_data
    ? createProduct(world, ctx, fields.product_data).id
    : (fields.product ?? "");
  claimLookupKey(world, ctx, fields, null);
  const price: Price = {
    id: id ?? ctx.ids.id("price"),
    object: "price",
    active: fields.active ?? true,
    billing_scheme: fields.billing_scheme ?? "per_unit",
    created: seconds(ctx),
    currency,
    custom_unit_amount: rate.custom_unit_amount,
    livemode: false,
    lookup_key: fields.lookup_key || null,
    metadata: mergeMetadata({}, fields.metadata),
    nickname: fields.nickname || null,
    product,
    recurring,
    tax_behavior: rate.tax_behavior,
    tiers_mode: fields.tiers_mode ?? null,
    transform_quantity: fields.transform_quantity ?? null,
    type: recurring ? "recurring" : "one_time",
    unit_amount: rate.unit_amount,
    unit_amount_decimal: rate.unit_amount_decimal,
  };
  keepPrice(world, price, rate, options);
  const aggregate = fields.recurring?.aggregate_usage;
  if (aggregate !== undefined) world.hidden.aggregates[price.id] = aggregate;
  // A recurring price is a plan too, and Stripe announces both.
  if (recurring) emit(world, ctx, "plan.created", planOf(price));
  emit(world, ctx, "price.created", price);
  return price;
};

/** Stores a price, and separately what is only shown when it is expanded. */
const keepPrice = (
  world: World,
  price: Price,
  rate: CurrencyOption,
  options: Table<CurrencyOption>,
): void => {
  world.prices[price.id] = price;
  if (rate.tiers || Object.keys(options).length > 0)
    world.hidden.priceParts[price.id] = { tiers: rate.tiers ?? null, currency_options: options };
};
