import { find } from "../engine/find.js";
import type { Table, World } from "../engine/world.js";

type Row = { id: string };

const tableOf: Record<string, (world: World) => Table<Row>> = {
  prod: (world) => world.products,
  price: (world) => world.prices,
  cus: (world) => world.customers,
  pm: (world) => world.paymentMethods,
  cs: (world) => world.checkoutSessions,
  sub: (world) => world.subscriptions,
  in: (world) => world.invoices,
  inpay: (world) => world.invoicePayments,
  pi: (world) => world.paymentIntents,
  seti: (world) => world.setupIntents,
  ch: (world) => world.charges,
  re: (world) => world.refunds,
  bps: (world) => world.portalSessions,
  bpc: (world) => world.portalConfigurations,
};

/** The object an id belongs to, told by its prefix; products may have ids of their own making. */
export const lookup = (world: World, id: string): Row | undefined => {
  const prefix = id.slice(0, Math.max(0, id.indexOf("_")));
  const table = Object.hasOwn(tableOf, prefix) ? tableOf[prefix] : undefined;
  const row = (table && find(table(world), id)) ?? find(world.products, id);
  if (row && Object.hasOwn(world.deletedCustomers, id)) return { ...deleted("customer", id) };
  return row;
};

/** What remains of a deleted object. */
export const deleted = (object: string, id: string): { id: string; object: string; deleted: true } => ({
  id,
  object,
  deleted: true,
});
