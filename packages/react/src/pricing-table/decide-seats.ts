import type { PriceDescription } from "@tollgate/core";

/** The largest number of seats that a checkout sells where the price has no maximum of its own. */
const mostSeats = 10_000;

/** The range that a price is sold in. */
export function seatRange(price: PriceDescription): { readonly minimum: number; readonly maximum: number } {
  return { minimum: price.minimumQuantity, maximum: price.maximumQuantity ?? mostSeats };
}

/**
 * What the seat field says, and what it buys. A number that can't be bought stays in the field, and nothing is bought
 * in its place; offers are then based on what the person has, or on the minimum.
 */
export function decideSeats(
  price: PriceDescription | null,
  typed: number | undefined,
  bought: number | undefined,
): { readonly quantity: number; readonly seats: number } {
  if (price?.model !== "per_seat") return { quantity: 1, seats: 1 };
  const { minimum, maximum } = seatRange(price);
  const fallback = bought ?? minimum;
  const seats = typed ?? fallback;
  // What they have may lie outside what is sold today.
  const isSold = seats === bought || (Number.isInteger(seats) && seats >= minimum && seats <= maximum);
  return { quantity: isSold ? seats : fallback, seats };
}
