import type { PriceDescription } from "@tollgate/core";

/** The largest number of seats that a checkout sells where the price has no maximum of its own. */
const mostSeats = 10_000;

/** Whether the buyer chooses how many. */
export function countsSeats<P extends Pick<PriceDescription, "model">>(price: P | null): price is P {
  return price !== null && price.model !== "flat";
}

/** The numbers that a price is sold in: the smallest, and every `step` more. */
export function seatRange(price: PriceDescription): {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
} {
  const { minimumQuantity: minimum, maximumQuantity, quantityStep: step = 1 } = price;
  return { minimum, maximum: maximumQuantity ?? mostSeats, step };
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
  if (!countsSeats(price)) return { quantity: 1, seats: 1 };
  const { minimum, maximum, step } = seatRange(price);
  const fallback = bought ?? minimum;
  const seats = typed ?? fallback;
  // What they have may lie outside what is sold today.
  const isSold = seats === bought || ((seats - minimum) % step === 0 && seats >= minimum && seats <= maximum);
  return { quantity: isSold ? seats : fallback, seats };
}
