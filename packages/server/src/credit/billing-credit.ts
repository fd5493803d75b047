import { BillingError, type CreditEntry, type Currency } from "@tollgate/core";
import { checkWish, type MoneyWish } from "../charges/check-money-wish.js";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { digest } from "../idempotency/digest.js";
import { underKey } from "../idempotency/under-key.js";
import { notACustomer } from "../portal/find-portal.js";
import { findCreditAccount } from "./find-credit-account.js";

/** A customer's credit and a page of its ledger. */
export interface CreditReading {
  /** The currency that the customer is billed in; `null`: they never were. */
  readonly currency: Currency | null;
  /** In minor units: above 0 it pays their next invoices, below 0 they owe it with the next one. */
  readonly balance: number;
  /** The newest first. */
  readonly entries: readonly CreditEntry[];
  /** For the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** Which page of whose ledger. */
export interface CreditChoice {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** The `next` of the page before. @default the newest */
  readonly after?: string | undefined;
  /** From 1 to 100. @default 20 */
  readonly limit?: number | undefined;
}

/** What customers have to their credit, which their invoices use up before anything is charged. */
export interface BillingCredit {
  /**
   * Where a customer's credit stands, and the ledger of how it came to that. Somebody whom the provider does not know has
   * none.
   *
   * @throws BillingError `invalid_query`, `not_supported`; `invalid_customer_id`, `provider_unavailable`,
   * `provider_rejected`, `store_unavailable`
   * @example
   * const { balance, currency, entries } = await billing.credit.read({ customerId: "org_1" });
   */
  readonly read: (choice: CreditChoice) => Promise<CreditReading>;
  /**
   * Adds to it, in the currency that the customer is billed in, once per idempotency key, for good.
   *
   * @returns the entry of the ledger
   * @throws BillingError `currency_conflict` (409, its details name the `required` one), `not_a_customer` (409),
   * `invalid_idempotency_key` (400, also for one that added another amount), `invalid_options` for what is no amount above
   * 0; and as `read`
   * @example
   * const { balance } = await billing.credit.add({
   *   customerId: "org_1",
   *   amount: 2000,
   *   currency: "usd",
   *   description: "Sorry for Tuesday's outage",
   *   idempotencyKey: "outage-2026-11-24:org_1",
   * });
   */
  readonly add: (wish: MoneyWish) => Promise<CreditEntry>;
}

/** The credit as `billing.credit`. */
export function createCredit({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingCredit {
  const ready = async ({ customerId }: { readonly customerId: string }) => {
    checkCredentials();
    checkCustomerId(customerId);
    return open();
  };
  return {
    read: async (choice) => readCredit(await ready(choice), choice),
    add: async (wish) => addCredit(await ready(wish), wish),
  };
}

const longestPage = 100;

async function readCredit(
  everyone: BillingContext,
  { customerId, after = "", limit = 20 }: CreditChoice,
): Promise<CreditReading> {
  if (!Number.isInteger(limit) || limit < 1 || limit > longestPage) {
    throw new BillingError("invalid_query", `\`limit\` must be a whole number from 1 to ${longestPage}.`);
  }
  const account = await findCreditAccount(everyone, customerId);
  if (account === null) return { currency: null, balance: 0, entries: [], next: null };
  const { credit, providerCustomerId, currency, balance } = account;
  const page = await credit.list({ providerCustomerId, after: after === "" ? null : after, limit });
  return { currency, balance, entries: page.items, next: page.next };
}

async function addCredit(everyone: BillingContext, given: MoneyWish): Promise<CreditEntry> {
  const { customerId, description, money, idempotencyKey: key } = checkWish(given);
  const account = await findCreditAccount(everyone, customerId);
  if (account === null) throw notACustomer();
  const { context, credit, providerCustomerId } = account;
  const purpose = ["credit", context.provider.id, providerCustomerId, key];
  const reference = await digest([context.owner.app, context.owner.database, ...purpose]);
  return underKey(context, purpose, (idempotencyKey) =>
    credit.add({ providerCustomerId, money, description, reference, idempotencyKey }),
  );
}
