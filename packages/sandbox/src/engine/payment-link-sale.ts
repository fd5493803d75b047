import { find } from "./find.js";
import type { CheckoutSession } from "./wire.js";
import type { World } from "./world.js";

/** Counts a sale of a link whose sales are limited. */
export const countSale = (world: World, session: CheckoutSession): void => {
  const link = find(world.paymentLinks, session.payment_link as string | null);
  if (link?.restrictions) link.restrictions.completed_sessions.count += 1;
};
