import { type Context, seconds } from "../world/context.js";
import { change } from "../world/emit.js";
import { find } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { missing } from "../world/stripe-error.js";
import type { Customer, CustomerBalanceTransaction } from "../world/wire.js";
import type { World } from "../world/world.js";

type Entry = {
  /** Below zero is credit for the customer, above zero is debt; in the currency's minor unit. */
  amount: number;
  currency: string;
  type: CustomerBalanceTransaction["type"];
  checkout_session?: string;
  credit_note?: string;
  description?: string | null;
  invoice?: string;
  metadata?: MetadataChange;
};

/** A customer's balance transactions, newest first. */
export const balanceTransactionsOf = (world: World, customer: string): CustomerBalanceTransaction[] =>
  Object.values(world.customerBalanceTransactions)
    .filter((row) => row.customer === customer)
    .reverse();

/**
 * The balance in one currency: that of the customer's own is on the customer, others follow from the
 * transactions.
 */
export const creditBalance = (world: World, customer: Customer, currency: string): number =>
  customer.currency === null || customer.currency === undefined || customer.currency === currency
    ? customer.balance
    : (balanceTransactionsOf(world, customer.id).find((row) => row.currency === currency)?.ending_balance ??
      0);

/** The balances in every currency that the customer ever had one in. */
export const creditBalances = (world: World, customer: Customer): Record<string, number> => {
  const balances: Record<string, number> = {};
  for (const row of balanceTransactionsOf(world, customer.id))
    balances[row.currency] ??= creditBalance(world, customer, row.currency);
  if (customer.currency) balances[customer.currency] = customer.balance;
  return balances;
};

const note = (world: World, ctx: Context, customer: Customer, entry: Entry): CustomerBalanceTransaction => {
  const transaction: CustomerBalanceTransaction = {
    id: ctx.ids.id("cbtxn"),
    object: "customer_balance_transaction",
    amount: entry.amount,
    checkout_session: entry.checkout_session ?? null,
    created: seconds(ctx),
    credit_note: entry.credit_note ?? null,
    currency: entry.currency,
    customer: customer.id,
    customer_account: null,
    description: entry.description || null,
    ending_balance: creditBalance(world, customer, entry.currency) + entry.amount,
    invoice: entry.invoice ?? null,
    livemode: false,
    metadata: mergeMetadata({}, entry.metadata),
    type: entry.type,
  };
  world.customerBalanceTransactions[transaction.id] = transaction;
  return transaction;
};

/** Changes a customer's balance and notes why; the first change gives a customer their currency. */
export const moveBalance = (
  world: World,
  ctx: Context,
  customer: Customer,
  entry: Entry,
): CustomerBalanceTransaction => {
  const transaction = note(world, ctx, customer, entry);
  change(world, ctx, "customer.updated", customer, (draft) => {
    draft.currency ??= entry.currency;
    if (draft.currency === entry.currency) draft.balance = transaction.ending_balance;
  });
  return transaction;
};

/** Sets a balance outright, as a request may; the event is the caller's. */
export const setBalance = (
  world: World,
  ctx: Context,
  customer: Customer,
  balance: number | undefined,
  type: "adjustment" | "initial",
): void => {
  if (balance === undefined || balance === customer.balance) return;
  const currency = customer.currency ?? String(world.account.default_currency);
  note(world, ctx, customer, { amount: balance - customer.balance, currency, type });
  customer.balance = balance;
};

/** One transaction of a customer, or Stripe's 404. */
export const needBalanceTransaction = (
  world: World,
  customer: string,
  id: string,
): CustomerBalanceTransaction => {
  const row = find(world.customerBalanceTransactions, id);
  if (row?.customer !== customer) throw missing("customer_balance_transaction", id);
  return row;
};

/** Changes what may change in a transaction: its words and its metadata. */
export const updateBalanceTransaction = (
  row: CustomerBalanceTransaction,
  fields: { description?: string | null; metadata?: MetadataChange },
): CustomerBalanceTransaction => {
  if (fields.description !== undefined) row.description = fields.description || null;
  row.metadata = mergeMetadata(row.metadata ?? {}, fields.metadata);
  return row;
};
