import {
  BillingError,
  type DueMigrationEntry,
  type MigratedBill,
  type MigratedCustomer,
  type MigratedPrice,
  type PriceMigration,
  type PriceMigrationPreview,
  type StoredPriceMigration,
} from "@tollgate/core";
import { digest } from "../idempotency/digest.js";
import type { MigrationContext } from "./migration-context.js";
import { checkMigrationId, type MigrationStart, toMigrationTerms } from "./migration-wish.js";
import { workOutMigration } from "./preview-migration.js";

/** Where a customer may be sent from a mail. */
export type OwnAddresses = Parameters<typeof toMigrationTerms>[1];

/**
 * Writes a migration with everybody whom it moves, and what they pay before and after, in one transaction; nothing, where
 * something is not decided or not there.
 */
export async function startMigration(
  context: MigrationContext,
  wish: MigrationStart,
  own: OwnAddresses,
): Promise<StoredPriceMigration> {
  checkMigrationId(wish.id);
  const terms = toMigrationTerms(wish, own);
  const asked = await digestOf(wish);
  const known = await context.store.findPriceMigration(wish.id);
  if (known !== null) return isSame(known, asked);
  const { scope, preview } = await workOutMigration(context, wish);
  refuseBlocked(preview);
  refuseUndecided(preview, wish);
  const startedAt = context.clock().toISOString();
  const { planId, toPlanId, at, force } = scope;
  const migration: PriceMigration = {
    ...{ id: wish.id, planId, toPlanId, at, force, ...terms, startedAt, cancelledAt: null, digest: asked },
  };
  const moved = preview.customers.filter(
    ({ overLimit }) => wish.overLimit !== "skip" || overLimit.length === 0,
  );
  const entries = moved.map((one) => toEntry(migration, one));
  await context.store.startPriceMigration({ migration, entries, jobs: [{ type: "migrate_prices" }] });
  const stored = await context.store.findPriceMigration(wish.id);
  if (stored === null) throw new Error("A migration was neither started nor found.");
  return isSame(stored, asked);
}

function toEntry(
  { id: migrationId, startedAt }: PriceMigration,
  { access: _, overLimit: __, from, to, ...customer }: MigratedCustomer,
): DueMigrationEntry {
  const fresh = {
    state: "waiting",
    reason: null,
    obstacle: null,
    announcedFor: null,
  } as const;
  const entry = { migrationId, ...customer, from: toPrice(from), to: toPrice(to), ...fresh };
  return { entry, dueAt: startedAt };
}

function toPrice({ total: _, ...price }: MigratedBill): MigratedPrice {
  return price;
}

function digestOf(wish: MigrationStart): Promise<string> {
  const { planId, toPlanId = planId, interval, currency, customerIds, at, force = false } = wish;
  const { noticeDays = 30, overLimit, url = "/" } = wish;
  const whom = customerIds === undefined ? null : [...new Set(customerIds)].sort();
  return digest([planId, toPlanId, interval, currency, whom, at, force, noticeDays, overLimit, url]);
}

/** @throws BillingError `invalid_idempotency_key` */
function isSame(stored: StoredPriceMigration, asked: string): StoredPriceMigration {
  if (stored.migration.digest === asked) return stored;
  throw new BillingError(
    "invalid_idempotency_key",
    "Another migration was started under this id. Give this one its own.",
    { details: { id: stored.migration.id } },
  );
}

function refuseBlocked({ blocked }: PriceMigrationPreview): void {
  const [first] = blocked;
  if (first === undefined) return;
  const { reason, ...details } = first;
  const code = reason === "unknown_amount" ? "unknown_price" : reason;
  const messages = {
    unknown_price: "The catalog has no such price of the plan that they are to move to",
    unknown_amount: "Nobody can say what the price costs that they have",
    price_not_pushed: "The new price is not at the provider: run billing.pushPlans()",
    price_not_mapped: "The new price is not mapped",
  } as const satisfies Record<typeof reason, string>;
  throw new BillingError(code, `${messages[reason]}. Nobody is moved.`, { details });
}

function refuseUndecided(
  { overLimitCount, uncounted }: PriceMigrationPreview,
  { overLimit }: MigrationStart,
): void {
  if (overLimit !== undefined || overLimitCount + uncounted.length === 0) return;
  throw new BillingError(
    "limit_reached",
    "Some have used more than they would be granted. Decide with `overLimit` what becomes of them; nobody is moved until then.",
    { details: { customers: overLimitCount, uncounted } },
  );
}
