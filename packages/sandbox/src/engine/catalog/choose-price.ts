import { type Context, seconds } from "../world/context.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Price } from "../world/wire.js";
import type { World } from "../world/world.js";
import { needRecurring } from "./need-recurring.js";
import { checkNewPrice, createPrice } from "./price.js";
import { offersCurrency } from "./price-amount.js";
import { isOnSale } from "./sell-off-sale.js";

type Interval = "day" | "month" | "week" | "year";

/** A price that is created for this one purchase. */
type InlinePrice = {
  currency: string;
  product: string;
  recurring?: { interval: Interval; interval_count?: number };
  tax_behavior?: "exclusive" | "inclusive" | "unspecified";
  unit_amount?: number;
  unit_amount_decimal?: string;
};

/** The ways in which a request can name the price of an item; `plan` is the legacy one. */
export type PriceChoice = { price?: string; plan?: string; price_data?: InlinePrice };

const inactive = (kind: string, param: string) =>
  invalidRequest(
    `The ${kind} specified is inactive. This field only accepts active ${kind}s.`,
    "resource_missing",
    param,
  );

const checkInline = (world: World, inline: InlinePrice, param: string): void => {
  const product = need(world.products, "product", inline.product, `${param}[product]`);
  if (!product.active) throw inactive("product", `${param}[product]`);
  if (inline.unit_amount === undefined && inline.unit_amount_decimal === undefined)
    throw invalidRequest(
      `Missing required param: ${param}[unit_amount].`,
      "parameter_missing",
      `${param}[unit_amount]`,
    );
  checkNewPrice(world, inline, param);
};

/** A price that is paid once, and active. */
const needOneTime = (world: World, id: string, param: string): Price => {
  const price = need(world.prices, "price", id, param);
  if (!isOnSale(world, price)) throw inactive("price", param);
  if (price.recurring)
    throw invalidRequest(
      "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.",
      undefined,
      param,
    );
  return price;
};

/** Refuses an impossible choice of price; returns whether one was made. */
export const checkPrice = (
  world: World,
  choice: PriceChoice,
  param: string,
  kind: "one_time" | "recurring" = "recurring",
): boolean => {
  const named = choice.price ?? choice.plan;
  if (named !== undefined && choice.price_data)
    throw invalidRequest(
      "You may only specify one of these parameters: price, price_data.",
      "parameters_exclusive",
      `${param}[price]`,
    );
  if (choice.price_data) checkInline(world, choice.price_data, `${param}[price_data]`);
  else if (named === undefined) return false;
  else if (kind === "recurring") needRecurring(world, named, `${param}[price]`);
  else needOneTime(world, named, `${param}[price]`);
  return true;
};

/** The currency of a checked choice. */
export const currencyOf = (world: World, choice: PriceChoice): string | undefined =>
  choice.price_data?.currency.toLowerCase() ?? find(world.prices, choice.price ?? choice.plan)?.currency;

/** Refuses a price that can't be paid in a currency. */
export const checkCurrency = (world: World, choice: PriceChoice, currency: string, param: string): void => {
  const price = find(world.prices, choice.price ?? choice.plan);
  const own = currencyOf(world, choice);
  if (price ? offersCurrency(world, price, currency) : own === undefined || own === currency) return;
  throw invalidRequest(
    `The price specified only supports \`${own}\`. This doesn't match the expected currency: \`${currency}\`.`,
    undefined,
    param,
  );
};

/** The price that was chosen and checked; one that is given inline is created now, inactive as at Stripe. */
export const takePrice = (world: World, ctx: Context, choice: PriceChoice): Price | undefined => {
  const { price_data: inline } = choice;
  if (!inline) return find(world.prices, choice.price ?? choice.plan);
  const { recurring, tax_behavior, unit_amount, unit_amount_decimal } = inline;
  return createPrice(world, ctx, {
    active: false,
    currency: inline.currency.toLowerCase(),
    product: inline.product,
    ...(unit_amount === undefined ? {} : { unit_amount }),
    ...(unit_amount_decimal === undefined ? {} : { unit_amount_decimal }),
    ...(recurring ? { recurring } : {}),
    ...(tax_behavior ? { tax_behavior } : {}),
  });
};

/** Refuses a trial that would have ended. */
export const checkTrialEnd = (ctx: Context, time: number): void => {
  if (time <= seconds(ctx))
    throw invalidRequest(
      "The parameter `trial_end` expects a unix timestamp representing a date and time in the future. You specified " +
        `the value \`${time}\` which is in the past.`,
      undefined,
      "trial_end",
    );
};

/** Refuses a moment that is not in the future. */
export const checkFuture = (ctx: Context, time: number, param: string): void => {
  if (time <= seconds(ctx))
    throw invalidRequest(
      "Invalid timestamp: must be an integer Unix timestamp in the future.",
      undefined,
      param,
    );
};
