import {
  BillingError,
  type CreditEntry,
  decideAmount,
  type Money,
  type ProviderCredit,
} from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { timeOfAnswer } from "../client/time-of-read.js";
import { aboutCustomer, isMissing, refusedParam } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { idOrNull } from "../language/id-of.js";
import { metadataKeys, readMetadata } from "../language/names.js";
import { fromStripeAmount, toStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime } from "../language/to-iso-time.js";

type Input<K extends keyof ProviderCredit> = Parameters<ProviderCredit[K]>[0];

/** An entry that is this old was made by another call, long ago. */
const mostEntries = 1_000;

/** The balance of a customer in their currency (https://docs.stripe.com/billing/customer/balance): below 0 is credit. */
export async function readCredit(
  call: CallStripe,
  { providerCustomerId }: Input<"read">,
): ReturnType<ProviderCredit["read"]> {
  const customer = await aboutCustomer(call((client) => client.customers.retrieve(providerCustomerId)));
  if (customer.deleted) {
    throw new BillingError("customer_missing", "The payment provider has this customer no more.");
  }
  const currency = customer.currency ?? null;
  return { currency, balance: currency === null ? 0 : toCredit(customer.balance, currency) };
}

/**
 * What is given or charged is in the currency that a customer is bound to.
 *
 * @throws BillingError `currency_conflict`, `customer_missing`
 */
export async function requireCurrency(
  call: CallStripe,
  providerCustomerId: string,
  money: Money,
): Promise<void> {
  const { currency: required } = await readCredit(call, { providerCustomerId });
  decideAmount({ ...money, required });
}

/** The ledger (https://docs.stripe.com/api/customer_balance_transactions/list), the newest first. */
export async function listCredit(
  call: CallStripe,
  { providerCustomerId, after, limit }: Input<"list">,
): ReturnType<ProviderCredit["list"]> {
  const startedAt = performance.now();
  const params = { limit, ...(after && { starting_after: after }) };
  try {
    const page = await call((client) => client.customers.listBalanceTransactions(providerCustomerId, params));
    const next = page.has_more ? (page.data.at(-1)?.id ?? null) : null;
    const asOf = timeOfAnswer(page, performance.now() - startedAt);
    return { items: page.data.map(toEntry), next, asOf };
  } catch (error) {
    if (!isMissing(error) || refusedParam(error) !== "starting_after") throw error;
    throw new BillingError("invalid_query", "`after` is not the `next` of a page.", { cause: error });
  }
}

/** What we added is looked for first: Stripe forgets a key after a day. */
export async function addCredit(call: CallStripe, input: Input<"add">): ReturnType<ProviderCredit["add"]> {
  const { providerCustomerId, money, description, reference, idempotencyKey } = input;
  const amount = -toStripeAmount(money, description);
  await requireCurrency(call, providerCustomerId, money);
  const made = await findEntry(call, providerCustomerId, reference);
  if (made !== null) return toSame(made, amount, money.currency);
  const params = {
    amount,
    currency: money.currency,
    description,
    metadata: { [metadataKeys.credit]: reference },
  };
  const request = call((client) =>
    client.customers.createBalanceTransaction(providerCustomerId, params, { idempotencyKey }),
  );
  return toEntry(await underOwnKey(aboutCustomer(request)));
}

async function findEntry(
  call: CallStripe,
  customer: string,
  reference: string,
): Promise<Stripe.CustomerBalanceTransaction | null> {
  const all = await call((client) =>
    client.customers.listBalanceTransactions(customer, { limit: 100 }).autoPagingToArray({
      limit: mostEntries,
    }),
  );
  return all.find(({ metadata }) => readMetadata(metadata, metadataKeys.credit) === reference) ?? null;
}

function toSame(made: Stripe.CustomerBalanceTransaction, amount: number, currency: string): CreditEntry {
  if (made.amount === amount && made.currency === currency) return toEntry(made);
  throw new BillingError("invalid_idempotency_key", "Another amount was added under this key.");
}

function toEntry(entry: Stripe.CustomerBalanceTransaction): CreditEntry {
  const { id, amount, currency, ending_balance, description, invoice, created } = entry;
  return {
    id,
    amount: toCredit(amount, currency),
    currency,
    balance: toCredit(ending_balance, currency),
    description,
    invoiceId: idOrNull(invoice),
    createdAt: toIsoTime(created),
  };
}

function toCredit(amount: number, currency: string): number {
  // Never -0, which is another number to whoever compares.
  return amount === 0 ? 0 : -fromStripeAmount(amount, currency);
}
