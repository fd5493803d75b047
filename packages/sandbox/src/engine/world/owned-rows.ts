import { find } from "./find.js";
import type { Rows } from "./rows.js";
import { newestFirst, newestOf } from "./table.js";
import type {
  CheckoutSession,
  Invoice,
  InvoiceItem,
  InvoicePayment,
  PaymentMethod,
  Subscription,
  TaxId,
} from "./wire.js";
import type { Table, World } from "./world.js";

type Row = { id: string; customer?: unknown; invoice?: unknown };

/** Tables whose rows are often looked up by owner, by the prefix of their ids. */
const tables = {
  cs: (world: World): Table<CheckoutSession> => world.checkoutSessions,
  ii: (world: World): Table<InvoiceItem> => world.invoiceItems,
  in: (world: World): Table<Invoice> => world.invoices,
  inpay: (world: World): Table<InvoicePayment> => world.invoicePayments,
  pm: (world: World): Table<PaymentMethod> => world.paymentMethods,
  sub: (world: World): Table<Subscription> => world.subscriptions,
  txi: (world: World): Table<TaxId> => world.taxIds,
} satisfies Record<string, (world: World) => Table<Row>>;

type Owned = {
  cs: CheckoutSession;
  ii: InvoiceItem;
  in: Invoice;
  inpay: InvoicePayment;
  pm: PaymentMethod;
  sub: Subscription;
  txi: TaxId;
};
type Prefix = keyof Owned;

const prefixes: readonly Prefix[] = ["cs", "ii", "in", "inpay", "pm", "sub", "txi"];

/** Payments belong to their invoice, everything else to its customer. */
const ownerOf = (prefix: Prefix, row: Row): unknown => (prefix === "inpay" ? row.invoice : row.customer);

/** An owner's id → the ids of everything that was ever theirs, oldest first. */
type Index = Record<Prefix, Map<string, Set<string>>>;

/** Beside the world, because it follows from it. */
const indexes = new WeakMap<World, Index>();
/** A scratch world → the one that it reads from. */
const origins = new WeakMap<World, World>();

const add = (index: Index, prefix: Prefix, row: Row): void => {
  const owner = ownerOf(prefix, row);
  if (typeof owner !== "string") return;
  const ids = index[prefix].get(owner);
  if (ids) ids.add(row.id);
  else index[prefix].set(owner, new Set([row.id]));
};

const build = (world: World): Index => {
  const index: Index = {
    cs: new Map(),
    ii: new Map(),
    in: new Map(),
    inpay: new Map(),
    pm: new Map(),
    sub: new Map(),
    txi: new Map(),
  };
  if (!origins.has(world))
    for (const prefix of prefixes)
      for (const row of Object.values<Row>(tables[prefix](world))) add(index, prefix, row);
  indexes.set(world, index);
  return index;
};

const idsOf = (world: World, prefix: Prefix, owner: string): string[] => {
  const index = indexes.get(world) ?? build(world);
  const origin = origins.get(world);
  const below = origin ? idsOf(origin, prefix, owner) : [];
  return [...new Set([...below, ...(index[prefix].get(owner) ?? [])])];
};

/** The rows of a customer (or an invoice's payments), oldest first, without looking at everybody else's. */
export const rowsOf = <P extends Prefix>(world: World, prefix: P, owner: string): Owned[P][] =>
  idsOf(world, prefix, owner).flatMap((id) => {
    const row = find(tables[prefix](world) as Table<Owned[P]>, id);
    return row && ownerOf(prefix, row) === owner ? [row] : [];
  });

/** The rows of a customer (or an invoice's payments), or everybody's if none is named, newest first. */
export const ownedBy = <P extends Prefix>(
  world: World,
  prefix: P,
  owner: string | undefined,
): Rows<Owned[P]> => {
  const table = tables[prefix](world) as Table<Owned[P]>;
  return owner === undefined ? newestFirst(table) : newestOf(table, rowsOf(world, prefix, owner));
};

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
