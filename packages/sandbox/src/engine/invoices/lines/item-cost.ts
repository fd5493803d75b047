import { mintPrice, type OneOff } from "../../catalog/one-off-price.js";
import { amountFor, offersCurrency } from "../../catalog/price-amount.js";
import { isOnSale } from "../../catalog/sell-off-sale.js";
import { roundProduct, shortest, toScaled } from "../../money/decimal.js";
import { need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Price } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { ItemCost, ItemPricing } from "./item-pricing.js";

const exclusive = (
  given: ItemPricing,
  one: keyof ItemPricing,
  other: keyof ItemPricing,
  prefix: string,
): void => {
  if (given[one] !== undefined && given[other] !== undefined)
    throw invalidRequest(
      `You may only specify one of these parameters: ${one}, ${other}.`,
      "parameters_exclusive",
      prefix === "" ? one : `${prefix}[${one}]`,
    );
};

const oneTimePrice = (world: World, id: string, param: string): Price => {
  const price = need<Price>(world.prices, "price", id, param);
  if (price.type === "recurring")
    throw invalidRequest(
      "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.",
      undefined,
      param,
    );
  if (!isOnSale(world, price))
    throw invalidRequest(
      "The price specified is inactive. This field only accepts active prices.",
      undefined,
      param,
    );
  return price;
};

const at = (prefix: string, name: string): string => (prefix === "" ? name : `${prefix}[${name}]`);

const byPrice = (
  world: World,
  given: ItemPricing,
  id: string,
  currency: string | null,
  prefix: string,
): ItemCost => {
  const price = oneTimePrice(world, id, prefix === "" ? "pricing[price]" : `${prefix}[pricing][price]`);
  const billed = currency ?? price.currency;
  if (!offersCurrency(world, price, billed))
    throw invalidRequest(
      `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${billed}\`.`,
      undefined,
      at(prefix, "price"),
    );
  const quantity = given.quantity_decimal ?? given.quantity ?? 1;
  const product = world.products[price.product as string];
  return {
    amount: amountFor(world, price, quantity, billed),
    currency: billed,
    description: given.description ?? product?.name ?? null,
    quantity: Number(quantity),
    quantityDecimal: shortest(quantity),
    pricing: () => ({
      price_details: { price: price.id, product: price.product as string },
      type: "price_details",
      unit_amount_decimal: price.unit_amount_decimal,
    }),
  };
};

const byAmount = (world: World, given: ItemPricing, oneOff: OneOff): ItemCost => {
  const quantity = given.quantity_decimal ?? given.quantity ?? 1;
  return {
    amount: roundProduct(toScaled(oneOff.unitAmount), toScaled(quantity)),
    currency: oneOff.currency,
    description: given.description ?? null,
    quantity: Number(quantity),
    quantityDecimal: shortest(quantity),
    pricing: (ctx) => {
      const price = mintPrice(world, ctx, oneOff);
      return {
        price_details: { price: price.id, product: price.product as string },
        type: "price_details",
        unit_amount_decimal: price.unit_amount_decimal,
      };
    },
  };
};

const unitOf = (data: { unit_amount?: number; unit_amount_decimal?: string }, prefix: string): string => {
  const unit = data.unit_amount_decimal ?? data.unit_amount;
  if (unit === undefined)
    throw invalidRequest(
      "One of the following params should be provided for this request: unit_amount or unit_amount_decimal.",
      "parameter_missing",
      at(prefix, "price_data"),
    );
  return shortest(unit);
};

/**
 * Reads what something costs, and changes nothing yet. `currency` is the invoice's or the customer's; null
 * leaves it to the price. `prefix` is where in the request it is, such as `lines[0]`.
 */
export const costOf = (world: World, given: ItemPricing, currency: string | null, prefix = ""): ItemCost => {
  exclusive(given, "amount", "quantity", prefix);
  exclusive(given, "amount", "pricing", prefix);
  exclusive(given, "amount", "price_data", prefix);
  exclusive(given, "amount", "unit_amount_decimal", prefix);
  exclusive(given, "price_data", "pricing", prefix);
  const id = given.pricing?.price;
  const wanted = (given.currency ?? currency)?.toLowerCase() ?? null;
  if (id !== undefined) return byPrice(world, given, id, wanted, prefix);
  const data = given.price_data;
  if (data) {
    const { product, product_data, tax_behavior } = data;
    if (product !== undefined) need(world.products, "product", product, at(prefix, "price_data[product]"));
    return byAmount(world, given, {
      currency: data.currency?.toLowerCase() ?? wanted ?? "usd",
      unitAmount: unitOf(data, prefix),
      ...(product === undefined ? {} : { product }),
      name: product_data?.name ?? given.description ?? null,
      ...(tax_behavior === undefined ? {} : { taxBehavior: tax_behavior }),
    });
  }
  const unit = given.amount ?? given.unit_amount_decimal;
  if (unit === undefined)
    throw invalidRequest(
      "One of the following params should be provided for this request: amount, price_data, pricing or unit_amount_decimal.",
      "parameter_missing",
      at(prefix, "amount"),
    );
  if (wanted === null)
    throw invalidRequest("Missing required param: currency.", "parameter_missing", at(prefix, "currency"));
  return byAmount(world, given, {
    currency: wanted,
    unitAmount: shortest(unit),
    name: given.description ?? null,
  });
};
