import type { Context } from "./context.js";
import { checkoutDues } from "./expire-checkout-session.js";
import type { World } from "./world.js";

/** Something that happens by itself at a time. `at` is in seconds since 1970. */
export type Due = { id: string; at: number; run: (world: World, ctx: Context) => void };

/** The earliest thing that is due by `limit`, or undefined. */
export const findDue = (world: World, limit: number): Due | undefined => {
  let first: Due | undefined;
  for (const due of checkoutDues(world)) if (due.at <= limit && (!first || due.at < first.at)) first = due;
  return first;
};
