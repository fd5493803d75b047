import {
  BillingError,
  type Catalog,
  type CreditId,
  type CreditsBalance,
  type CreditsEntry,
  type CreditsOf,
  type CreditsTopUp,
  decideCreditsUse,
  type ProductId,
} from "@tollgate/core";
import {
  checkCreditsAmount,
  checkCreditsKey,
  checkCreditsOf,
  checkReason,
  refuseOtherKey,
  refuseShortage,
} from "./check-credits-wish.js";
import { readTopUp, setTopUp, type TopUpChoice } from "./choose-top-up.js";
import type { CreditsContext } from "./credits-context.js";
import { grantDueCredits, runWithDue } from "./due-credits.js";
import {
  type CreditsGift,
  type CreditsGifted,
  type CreditsRevocation,
  grantCredits,
  revokeCredits,
} from "./grant-credits.js";
import { type CreditsReservation, findHold, type HeldCredits, reserveCredits } from "./hold-credits.js";
import { readBalance } from "./read-balance.js";

/** Which of whose credits. */
export interface CreditsChoice<K extends string = string> {
  /** Your own id of the customer. */
  readonly customerId: string;
  readonly credit: K;
}

/** A use of credits whose cost is known. */
export interface CreditsConsumption<K extends string = string> extends CreditsChoice<K> {
  /** From 1 to a million million. */
  readonly amount: number;
  /** What for, up to 500 characters: it stays in the ledger. @default none */
  readonly reason?: string;
  /** Names this one use, up to 255 characters: the same key of the same customer and credit is used once, for good. */
  readonly idempotencyKey: string;
}

/** What `billing.credits.consume` used. */
export interface CreditsReceipt {
  /** `false`: this key was used before, and nothing was used now. */
  readonly consumed: boolean;
  /** How many the customer can use now. */
  readonly available: number;
}

/** A page of the ledger of a customer's credits. */
export interface CreditsLedgerPage {
  /** The newest first. */
  readonly entries: readonly CreditsEntry[];
  /** For the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** What customers have of the catalog's credits; called by your own server code. Not their money: that is `credit`. */
export interface BillingCredits<C extends Catalog = Catalog> {
  /**
   * What a customer has now, and of which grants. What is reserved is told apart from what is used.
   *
   * @throws BillingError `unknown_feature` (500) for credits that the catalog does not have; `invalid_customer_id`,
   * `store_unavailable`
   * @example
   * const { available, held } = await billing.credits.balance({ customerId: "org_1", credit: "tokens" });
   */
  readonly balance: (of: CreditsChoice<CreditId<C>>) => Promise<CreditsBalance>;
  /**
   * Whether so many could be used or reserved now. It reserves nothing: whoever comes first gets them.
   *
   * @throws BillingError `invalid_quantity`, and as `balance`
   * @example
   * const { allowed } = await billing.credits.check({ customerId: "org_1", credit: "tokens", amount: 500 });
   */
  readonly check: (
    wish: CreditsChoice<CreditId<C>> & { readonly amount: number },
  ) => Promise<{ readonly allowed: boolean; readonly available: number }>;
  /**
   * Uses credits at once, once per idempotency key, whatever arrives at the same time on however many instances: all of
   * them, or none. By priority, then what expires soonest, then the oldest.
   *
   * @throws BillingError `limit_reached` (402, `details`: `credit`, `available`, `amount`) when there are too few;
   * `invalid_quantity`, `invalid_idempotency_key` (400, also for a key that used another amount), `invalid_options`; and
   * as `balance`. Then nothing is used.
   * @example
   * await billing.credits.consume({ customerId: "org_1", credit: "tokens", amount: 20, idempotencyKey: jobId });
   */
  readonly consume: (wish: CreditsConsumption<CreditId<C>>) => Promise<CreditsReceipt>;
  /**
   * Holds credits for work whose cost is known only afterwards: commit what it came to, or release them. After
   * `expiresInSeconds` they are free again by themselves.
   *
   * @throws BillingError as `consume`
   * @example
   * const hold = await billing.credits.reserve({ customerId: "org_1", credit: "tokens", amount: 5_000 });
   * try {
   *   const { tokens } = await answerQuestion();
   *   await hold.commit(tokens);
   * } catch (error) {
   *   await hold.release();
   *   throw error;
   * }
   */
  readonly reserve: (wish: CreditsReservation<CreditId<C>>) => Promise<HeldCredits>;
  /**
   * A hold by its id, for the process that ends the work when another one began it.
   *
   * @returns `null` when there is none, or it was settled longer ago than events are kept
   * @throws BillingError as `balance`
   * @example
   * const hold = await billing.credits.findHold({ customerId: "org_1", credit: "tokens", holdId });
   * await hold?.commit(3_211);
   */
  readonly findHold: (
    of: CreditsChoice<CreditId<C>> & { readonly holdId: string },
  ) => Promise<HeldCredits | null>;
  /**
   * Grants credits by hand, once per idempotency key.
   *
   * @throws BillingError `invalid_quantity`, `invalid_time`, `invalid_idempotency_key` (400, also for a key that granted
   * another amount), `invalid_options`; and as `balance`
   * @example
   * await billing.credits.grant({
   *   customerId: "org_1",
   *   credit: "tokens",
   *   amount: 1_000,
   *   expiresAt: "2027-01-01T00:00:00Z",
   *   reason: "Sorry for Tuesday's outage",
   *   idempotencyKey: "outage-2026-11-24:org_1",
   * });
   */
  readonly grant: (gift: CreditsGift<CreditId<C>>) => Promise<CreditsGifted>;
  /**
   * Takes credits back by hand, once per idempotency key: at most what is free, never what is held.
   *
   * @returns how many were taken back
   * @throws BillingError as `grant`
   * @example
   * const { revoked } = await billing.credits.revoke({
   *   customerId: "org_1",
   *   credit: "tokens",
   *   grantId,
   *   reason: "Granted to the wrong customer",
   *   idempotencyKey: "support-4711",
   * });
   */
  readonly revoke: (wish: CreditsRevocation<CreditId<C>>) => Promise<{ readonly revoked: number }>;
  /**
   * What a customer chose to be bought by itself when these credits run low, and how it stands.
   *
   * @returns `null` when nobody ever chose that
   * @throws BillingError as `balance`
   * @example
   * const topUp = await billing.credits.readTopUp({ customerId: "org_1", credit: "tokens" });
   * if (topUp?.trouble?.reason === "action_required") console.warn("Confirm", topUp.attempt?.invoiceId);
   */
  readonly readTopUp: (of: CreditsChoice<CreditId<C>>) => Promise<CreditsTopUp | null>;
  /**
   * Has a product bought by itself when fewer credits than a threshold are left, or switches that off with `null`; the
   * customer's manager does the same by POST /credits/top-up. It is off until somebody chooses it. One is tried in an hour
   * at most, whatever became of it, up to `monthlyCap`, and for no more than the product costs now; a payment that fails is
   * voided, switches it off, and is told by `credits.top_up_failed`.
   *
   * @throws BillingError `unknown_product` for one that does not grant these credits, `unknown_price`, `invalid_quantity`,
   * `invalid_options`, `not_a_customer` (409) for somebody who never paid, `not_supported`; and as `balance`
   * @example
   * await billing.credits.setTopUp({
   *   customerId: "org_1",
   *   credit: "tokens",
   *   topUp: { threshold: 1_000, productId: "credits", monthlyCap: 10_000 },
   * });
   */
  readonly setTopUp: (
    wish: CreditsChoice<CreditId<C>> & { readonly topUp: TopUpChoice<ProductId<C>> | null },
  ) => Promise<CreditsTopUp | null>;
  /**
   * The ledger of a customer's credits, the newest first: what was granted, used, expired and taken back, and what was
   * left after it.
   *
   * @param choice.after the `next` of the page before. @default the newest
   * @param choice.limit from 1 to 100. @default 20
   * @throws BillingError `invalid_query`, and as `balance`
   * @example
   * const { entries, next } = await billing.credits.list({ customerId: "org_1", credit: "tokens" });
   */
  readonly list: (
    choice: CreditsChoice<CreditId<C>> & { readonly after?: string | null; readonly limit?: number },
  ) => Promise<CreditsLedgerPage>;
}

/** The credits as `billing.credits`. */
export function createCredits<C extends Catalog>(open: () => Promise<CreditsContext>): BillingCredits<C> {
  return {
    balance: async (of) => readBalance(await open(), of),
    async check({ amount, ...of }) {
      checkCreditsAmount(amount);
      const { available } = await readBalance(await open(), of);
      return { allowed: amount <= available, available };
    },
    consume: async (wish) => consumeCredits(await open(), wish),
    reserve: async (wish) => reserveCredits(await open(), wish),
    findHold: async (of) => findHold(await open(), of),
    grant: async (gift) => grantCredits(await open(), gift),
    revoke: async (wish) => revokeCredits(await open(), wish),
    readTopUp: async (of) => readTopUp(await open(), of),
    setTopUp: async (wish) => setTopUp(await open(), wish),
    list: async (choice) => listCredits(await open(), choice),
  };
}

async function consumeCredits(context: CreditsContext, wish: CreditsConsumption): Promise<CreditsReceipt> {
  const { customerId, credit, amount, reason, idempotencyKey } = wish;
  checkCreditsOf(context.catalog, wish);
  checkCreditsAmount(amount);
  checkCreditsKey(idempotencyKey);
  checkReason(reason);
  const key = `use:${idempotencyKey}`;
  const result = await runWithDue(
    context,
    { customerId, credit },
    {
      keys: [key],
      decide: (state) => decideCreditsUse(state, { amount, key, reason: reason ?? null }),
    },
  );
  if (result.kind === "short")
    throw refuseShortage(context.catalog, { credit, amount, available: result.available });
  if (result.amount !== amount) throw refuseOtherKey();
  return { consumed: result.kind === "used", available: result.available };
}

const longestPage = 100;

async function listCredits(
  context: CreditsContext,
  choice: CreditsOf & { readonly after?: string | null; readonly limit?: number },
): Promise<CreditsLedgerPage> {
  const { customerId, credit, after = null, limit = 20 } = choice;
  checkCreditsOf(context.catalog, choice);
  if (!Number.isInteger(limit) || limit < 1 || limit > longestPage) {
    throw new BillingError("invalid_query", `\`limit\` must be a whole number from 1 to ${longestPage}.`);
  }
  await grantDueCredits(context, { customerId, credit });
  return context.store.listCreditsEntries({ customerId, credit, after, limit });
}
