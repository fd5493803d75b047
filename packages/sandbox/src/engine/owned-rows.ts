import { find } from "./find.js";
import type { Invoice, InvoiceItem, Subscription, TaxId } from "./wire.js";
import type { Table, World } from "./world.js";

type Row = { id: string; customer?: unknown };

/** Tables whose rows are often looked up by their customer, by the beginning of their ids. */
const tables = {
  ii: (world: World): Table<InvoiceItem> => world.invoiceItems,
  in: (world: World): Table<Invoice> => world.invoices,
  sub: (world: World): Table<Subscription> => world.subscriptions,
  txi: (world: World): Table<TaxId> => world.taxIds,
} satisfies Record<string, (world: World) => Table<Row>>;

type Owned = { ii: InvoiceItem; in: Invoice; sub: Subscription; txi: TaxId };
type Prefix = keyof Owned;

const prefixes: readonly Prefix[] = ["ii", "in", "sub", "txi"];

/** A customer's id → the ids of what was theirs at some time, oldest first. */
type Index = Record<Prefix, Map<string, Set<string>>>;

/** Beside the world, because it follows from it. */
const indexes = new WeakMap<World, Index>();
/** A scratch world → the one that it reads from. */
const origins = new WeakMap<World, World>();

const add = (index: Index, prefix: Prefix, row: Row): void => {
  if (typeof row.customer !== "string") return;
  const ids = index[prefix].get(row.customer);
  if (ids) ids.add(row.id);
  else index[prefix].set(row.customer, new Set([row.id]));
};

const build = (world: World): Index => {
  const index: Index = { ii: new Map(), in: new Map(), sub: new Map(), txi: new Map() };
  if (!origins.has(world))
    for (const prefix of prefixes)
      for (const row of Object.values<Row>(tables[prefix](world))) add(index, prefix, row);
  indexes.set(world, index);
  return index;
};

const idsOf = (world: World, prefix: Prefix, customer: string): string[] => {
  const index = indexes.get(world) ?? build(world);
  const origin = origins.get(world);
  const below = origin ? idsOf(origin, prefix, customer) : [];
  return [...new Set([...below, ...(index[prefix].get(customer) ?? [])])];
};

/** A customer's rows, oldest first, without a look at everybody else's. */
export const rowsOfCustomer = <P extends Prefix>(world: World, prefix: P, customer: string): Owned[P][] =>
  idsOf(world, prefix, customer).flatMap((id) => {
    const row = find(tables[prefix](world) as Table<Owned[P]>, id);
    return row?.customer === customer ? [row] : [];
  });

/** Notes a row that is new; `touch` does it. */
export const noteOwner = (world: World, id: string): void => {
  const index = indexes.get(world);
  if (!index && !origins.has(world)) return;
  const begin = id.slice(0, Math.max(0, id.indexOf("_")));
  const prefix = prefixes.find((one) => one === begin);
  if (prefix === undefined) return;
  const row = find<Row>(tables[prefix](world), id);
  if (row) add(index ?? build(world), prefix, row);
};

/** Notes that a scratch world reads from another world. */
export const noteOrigin = (scratch: World, origin: World): void => void origins.set(scratch, origin);
