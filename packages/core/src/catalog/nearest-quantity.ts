import { maximumQuantity, type SoldQuantities } from "./prices.js";

/**
 * The quantity nearest to one that somebody has or asks for, as far as it is sold: the next larger one of a price that is
 * sold in steps, unless that is too many.
 *
 * @example
 * nearestQuantity({ minimumQuantity: 3, maximumQuantity: 60, quantityStep: 3 }, 4); // 6
 */
export function nearestQuantity(
  { minimumQuantity: least, maximumQuantity: most, quantityStep: step = 1 }: SoldQuantities,
  quantity: number,
): number {
  const steps = Math.ceil((Math.max(quantity, least) - least) / step);
  const mostSteps = Math.floor(((most ?? maximumQuantity) - least) / step);
  return least + Math.min(steps, mostSteps) * step;
}
