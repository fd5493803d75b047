import {
  BillingError,
  type Catalog,
  type MigrationCounts,
  type MigrationEntry,
  type MigrationPage,
  type PlanId,
  type PriceMigration,
  type PriceMigrationPreview,
  type StoredPriceMigration,
} from "@tollgate/core";
import type { MigrationContext } from "./migration-context.js";
import { checkMigrationId, type MigrationStart, type MigrationWish } from "./migration-wish.js";
import { workOutMigration } from "./preview-migration.js";
import { type OwnAddresses, startMigration } from "./start-migration.js";

/** A migration, and how far it is. */
export interface PriceMigrationReport extends Omit<PriceMigration, "digest"> {
  /** `done`: nobody is left who is still to be moved. */
  readonly state: "running" | "done" | "cancelled";
  /** How many subscriptions are where. */
  readonly counts: MigrationCounts;
}

/** Which page of a list. */
export interface MigrationPageChoice {
  /** The `next` of the page before. @default the first */
  readonly after?: string | undefined;
  /** From 1 to 100. @default 20 */
  readonly limit?: number | undefined;
}

/** Moves customers to new prices; called by your own server code. */
export interface BillingPriceMigrations<C extends Catalog = Catalog> {
  /**
   * What a migration would do, customer by customer, to the minor unit: what the plan costs them before and after, from
   * which renewal on, what they may use afterwards; who is left out, and why; and what keeps it from being started. Sums
   * are of what the store has, compared with what the provider bills, a hundred at a time. Changes nothing.
   *
   * @throws BillingError `unknown_plan`, `plan_not_for_sale`, `unknown_price`, `invalid_time`, `invalid_customer_id` (400);
   * `invalid_options`, `provider_unavailable`, `provider_rejected`, `store_unavailable`
   * @example
   * const { counts, customers } = await billing.priceMigrations.preview({ planId: "pro", at: "2027-03-01T00:00:00Z" });
   * for (const { customerId, from, to, effectiveAt } of customers) console.log(customerId, from.total, to.total, effectiveAt);
   */
  readonly preview: (wish: MigrationWish<PlanId<C>>) => Promise<PriceMigrationPreview>;
  /**
   * Starts what `preview` shows: everybody is written down with what they pay before and after, all of them or nobody.
   * From then on it happens by itself: `price_change.announced` comes `noticeDays` before each customer's date, the
   * provider bills the new price from that renewal on, without proration, and `price_change.applied` comes when it has
   * happened. Who has cancelled, paused or owes something by then moves at the first renewal after that is over; who has
   * changed plan or ended is left alone. Seats, discounts, add-ons and lines for use stay. Called again under the same id,
   * by whichever instance, it answers what was started.
   *
   * @throws BillingError what `preview` throws; `unknown_price` (400), `price_not_pushed`, `price_not_mapped` (500) where
   * somebody's new price is missing, and `limit_reached` (402) where some have used more than they would be granted and
   * `overLimit` does not say what becomes of them: nothing is written; `invalid_idempotency_key` (400): another migration
   * has that id
   * @example
   * const { counts } = await billing.priceMigrations.start({ id: "pro-2027", planId: "pro", at: "2027-03-01T00:00:00Z" });
   * console.log(counts.waiting);
   */
  readonly start: (wish: MigrationStart<PlanId<C>>) => Promise<PriceMigrationReport>;
  /**
   * Withdraws all that waits; whose renewal was planned already, within the last day before it, is at the new price. Notices
   * that have not been sent are not. Called again it changes nothing.
   *
   * @throws BillingError `not_found`, `store_unavailable`
   * @example
   * await billing.priceMigrations.cancel("pro-2027");
   */
  readonly cancel: (id: string) => Promise<PriceMigrationReport>;
  /**
   * Every migration, the latest first, with how far it is.
   *
   * @throws BillingError `invalid_query`, `store_unavailable`
   * @example
   * const { items } = await billing.priceMigrations.list();
   * for (const { id, state, counts } of items) console.log(id, state, counts.applied);
   */
  readonly list: (page?: MigrationPageChoice) => Promise<MigrationPage<PriceMigrationReport>>;
  /**
   * Whom a migration moves, each with what they pay before and after, where they stand, and what is in the way.
   *
   * @throws BillingError `invalid_query`, `not_found`, `store_unavailable`
   * @example
   * const { items, next } = await billing.priceMigrations.customers({ id: "pro-2027", limit: 100 });
   * for (const { customerId, state, reason, obstacle } of items) console.log(customerId, state, reason ?? obstacle);
   */
  readonly customers: (
    page: MigrationPageChoice & { readonly id: string },
  ) => Promise<MigrationPage<MigrationEntry>>;
}

/** The migrations as `billing.priceMigrations`. */
export function createBillingPriceMigrations<C extends Catalog>({
  open,
  checkCredentials,
  graceDays,
  ...own
}: {
  readonly open: () => Promise<Omit<MigrationContext, "graceDays">>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
  readonly graceDays: number;
} & OwnAddresses): BillingPriceMigrations<C> {
  const ready = async (): Promise<MigrationContext> => {
    checkCredentials();
    return { ...(await open()), graceDays };
  };
  return {
    preview: async (wish) => (await workOutMigration(await ready(), wish)).preview,
    start: async (wish) => toReport(await startMigration(await ready(), wish, own)),
    async cancel(id) {
      checkMigrationId(id);
      const { store, clock } = await ready();
      await store.cancelPriceMigration({ id, at: clock().toISOString() });
      return toReport(await find(store, id));
    },
    async list(page = {}) {
      const { items, next } = await (await ready()).store.listPriceMigrations(toPage(page));
      return { items: items.map(toReport), next };
    },
    async customers({ id: migrationId, ...page }) {
      checkMigrationId(migrationId);
      const { store } = await ready();
      await find(store, migrationId);
      return store.listMigrationEntries({ migrationId, ...toPage(page) });
    },
  };
}

/** @throws BillingError `not_found` */
async function find(
  { findPriceMigration }: MigrationContext["store"],
  id: string,
): Promise<StoredPriceMigration> {
  const found = await findPriceMigration(id);
  if (found !== null) return found;
  throw new BillingError("not_found", "There is no such migration.", { details: { id } });
}

const longestPage = 100;

/** @throws BillingError `invalid_query` */
function toPage({ after, limit = 20 }: MigrationPageChoice) {
  if (!Number.isInteger(limit) || limit < 1 || limit > longestPage) {
    throw new BillingError("invalid_query", `\`limit\` must be a whole number from 1 to ${longestPage}.`);
  }
  return { after: after ?? null, limit };
}

function toReport({
  migration: { digest: _, ...migration },
  counts,
}: StoredPriceMigration): PriceMigrationReport {
  const isRunning = counts.waiting + counts.planned > 0;
  const state = migration.cancelledAt !== null ? "cancelled" : isRunning ? "running" : "done";
  return { ...migration, state, counts };
}
