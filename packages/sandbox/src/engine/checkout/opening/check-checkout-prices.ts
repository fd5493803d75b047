import { checkNewPrice } from "../../catalog/price.js";
import { offersCurrency } from "../../catalog/price-amount.js";
import { isOnSale } from "../../catalog/sell-off-sale.js";
import { find, need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { World } from "../../world/world.js";
import type { CheckoutOrder } from "../terms/checkout-order.js";

type Line = NonNullable<CheckoutOrder["line_items"]>[number];

/** What is known about a line before anything is made from it. */
type Seen = { recurring: boolean; rhythm: string; metered: boolean; currency: string };

/** Whether a price is sold although it is inactive. */
type SellsAnyway = (price: string) => boolean;

const seePrice = (world: World, id: string, param: string, sellsAnyway: SellsAnyway): Seen => {
  const price = need(world.prices, "price", id, param);
  if (!isOnSale(world, price) && !sellsAnyway(id))
    throw invalidRequest(
      "The price specified is inactive. This field only accepts active prices.",
      undefined,
      param,
    );
  const { recurring } = price;
  return {
    recurring: recurring !== null,
    rhythm: `${recurring?.interval_count} ${recurring?.interval}`,
    metered: recurring?.usage_type === "metered",
    currency: price.currency,
  };
};

const seeData = (world: World, data: NonNullable<Line["price_data"]>, param: string): Seen => {
  const { product, product_data, unit_amount, unit_amount_decimal, recurring } = data;
  if ((product === undefined) === (product_data === undefined))
    throw product === undefined
      ? invalidRequest(`Missing required param: ${param}[product].`, "parameter_missing", `${param}[product]`)
      : invalidRequest(
          `You may only specify one of these parameters: ${param}[product], ${param}[product_data].`,
          "parameters_exclusive",
        );
  if (product !== undefined) need(world.products, "product", product, `${param}[product]`);
  if (unit_amount === undefined && unit_amount_decimal === undefined)
    throw invalidRequest(
      `Missing required param: ${param}[unit_amount].`,
      "parameter_missing",
      `${param}[unit_amount]`,
    );
  checkNewPrice(world, data, param);
  return {
    recurring: recurring !== undefined,
    rhythm: `${recurring?.interval_count ?? 1} ${recurring?.interval}`,
    metered: false,
    currency: data.currency.toLowerCase(),
  };
};

const see = (world: World, line: Line, index: number, sellsAnyway: SellsAnyway): Seen => {
  const at = `line_items[${index}]`;
  if ((line.price === undefined) === (line.price_data === undefined))
    throw line.price === undefined
      ? invalidRequest(`Missing required param: ${at}[price].`, "parameter_missing", `${at}[price]`)
      : invalidRequest(
          `You may only specify one of these parameters: ${at}[price], ${at}[price_data].`,
          "parameters_exclusive",
        );
  const seen =
    line.price_data !== undefined
      ? seeData(world, line.price_data, `${at}[price_data]`)
      : seePrice(world, line.price ?? "", `${at}[price]`, sellsAnyway);
  checkQuantity(line, seen, `${at}[quantity]`);
  for (const [position, rate] of (line.tax_rates ?? []).entries())
    need(world.taxRates, "tax rate", rate, `${at}[tax_rates][${position}]`);
  return seen;
};

const checkQuantity = (line: Line, { metered }: Seen, param: string): void => {
  if (metered && line.quantity !== undefined)
    throw invalidRequest(
      `Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`${param.replace("[quantity]", "")}\``,
      undefined,
      param,
    );
  if (!metered && line.quantity === undefined)
    throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  if (line.quantity !== undefined && line.quantity < (line.adjustable_quantity?.enabled ? 0 : 1))
    throw invalidRequest(
      "This value must be greater than or equal to 1.",
      "parameter_invalid_integer",
      param,
    );
  const { minimum = 0, maximum = 99 } = line.adjustable_quantity ?? {};
  if (minimum > maximum || maximum > 999_999)
    throw invalidRequest(
      "`adjustable_quantity[maximum]` must be at least `adjustable_quantity[minimum]` and at most 999999.",
      undefined,
      param.replace("[quantity]", "[adjustable_quantity]"),
    );
};

const checkKinds = (mode: CheckoutOrder["mode"], seen: Seen[]): void => {
  const recurring = seen.filter((line) => line.recurring);
  if (mode === "subscription" && recurring.length === 0)
    throw invalidRequest(
      "You must provide at least one recurring price in `subscription` mode when using prices.",
      undefined,
      "line_items",
    );
  if (mode === "payment" && recurring.length > 0)
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      undefined,
      "line_items",
    );
  // Subscriptions may have several intervals, but a checkout can't make one of them, in no billing mode.
  // https://docs.stripe.com/billing/subscriptions/mixed-interval
  if (new Set(recurring.map(({ rhythm }) => rhythm)).size > 1)
    throw invalidRequest("Checkout does not support multiple prices with different billing intervals.");
  const once = seen.length - recurring.length;
  if (mode === "subscription" ? recurring.length > 20 || once > 20 : once > 100)
    throw invalidRequest("Too many line items.", undefined, "line_items");
};

/**
 * Refuses lines that do not go with the mode or with each other; returns the session's currency. Prices that
 * a payment link or a session made for itself are inactive, and are sold anyway.
 */
export const checkPrices = (
  world: World,
  order: CheckoutOrder,
  sellsAnyway: SellsAnyway = () => false,
): string | null => {
  const lines = order.line_items ?? [];
  const seen = lines.map((line, index) => see(world, line, index, sellsAnyway));
  checkKinds(order.mode, seen);
  const currency = order.currency?.toLowerCase() ?? seen[0]?.currency ?? null;
  for (const [index, line] of lines.entries()) {
    const price = find(world.prices, line.price);
    const offered = price ? offersCurrency(world, price, currency ?? "") : seen[index]?.currency === currency;
    if (!offered && order.currency !== undefined && price)
      throw invalidRequest(
        `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
        undefined,
        "currency",
      );
    if (!offered)
      throw invalidRequest("All line items must have the same currency.", undefined, "line_items");
  }
  return currency;
};
