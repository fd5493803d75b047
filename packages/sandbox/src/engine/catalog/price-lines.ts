import { writeMoney } from "../money/currency.js";
import { find } from "../world/find.js";
import type { Price } from "../world/wire.js";
import type { World } from "../world/world.js";
import { type Piece, piecesOf } from "./price-amount.js";

/** One line of an invoice for a price. */
export type PriceLine = {
  /** In the minor unit. */
  amount: number;
  /** Whole, as lines show it; `quantity_decimal` is exact. A tier's flat fee has none. */
  quantity: number;
  quantity_decimal: string;
  unit_amount_decimal: string | null;
  description: string;
};

const rhythm = (price: Price): string => {
  if (!price.recurring) return "";
  const { interval, interval_count } = price.recurring;
  return ` / ${interval_count === 1 ? interval : `every ${interval_count} ${interval}s`}`;
};

const rateText = (price: Price, piece: Piece, currency: string): string => {
  const size = price.transform_quantity?.divide_by;
  const packed = size === undefined ? "" : ` per ${size} units`;
  const tier = piece.tier === null ? "" : `Tier ${piece.tier} `;
  return `(${tier}at ${writeMoney(piece.rate, currency)}${packed}${rhythm(price)})`;
};

/** "2 × Pro (at $29.00 / month)", "31 credit × Usage (Tier 2 at $0.036 / month)", "Usage (Tier 1 at $9.00 / month)". */
const describe = (world: World, price: Price, piece: Piece, currency: string): string => {
  const product = find(world.products, price.product as string);
  const name = product?.name ?? "Product";
  const rate = rateText(price, piece, currency);
  if (piece.kind === "flat") return `${name} ${rate}`;
  const unit = product?.unit_label ? ` ${product.unit_label}` : "";
  return `${piece.quantity}${unit} × ${name} ${rate}`;
};

/**
 * The lines that Stripe writes for a quantity of a price: one, or, with tiers, one for the units of each tier
 * that is reached and one for each flat fee.
 */
export const linesFor = (
  world: World,
  price: Price,
  quantity: number | string,
  currency: string = price.currency,
): PriceLine[] =>
  piecesOf(world, price, quantity, currency).map((piece) => ({
    amount: piece.amount,
    quantity: Math.round(Number(piece.quantity)),
    quantity_decimal: piece.quantity,
    unit_amount_decimal: piece.kind === "flat" ? null : piece.rate,
    description: describe(world, price, piece, currency),
  }));
