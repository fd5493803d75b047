import { rowsOf } from "../../world/owned-rows.js";
import type { Invoice, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** The invoices of a subscription, oldest first. */
export const invoicesOf = (world: World, { id, customer }: Subscription): Invoice[] =>
  rowsOf(world, "in", customer as string).filter(
    (invoice) => invoice.parent?.subscription_details?.subscription === id,
  );
