import type { Job, MigrationPage, PriceMigration, StoredMigrationEntry } from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";
import { createPace } from "../reconcile/pace.js";
import { advanceEntry } from "./advance-entry.js";

const pageSize = 100;

/**
 * Goes through everybody whose date or notice comes near. What fails for one holds up nobody else; when its time is up, it
 * enqueues another job, which continues.
 */
export async function migratePrices(
  everyone: CatalogContext,
  _job: Extract<Job, { type: "migrate_prices" }>,
  signal: AbortSignal,
): Promise<void> {
  const failures: unknown[] = [];
  const migrations = new Map<string, PriceMigration | null>();
  for (const context of atEachProvider(everyone)) {
    const pace = createPace(context.provider.requestsPerSecond, signal);
    for await (const page of duePages(context)) {
      for (const stored of page) {
        if (signal.aborted) return everyone.store.enqueueJobs([{ type: "migrate_prices" }]);
        const { migrationId } = stored.entry;
        if (!migrations.has(migrationId)) {
          const found = await context.store.findPriceMigration(migrationId);
          migrations.set(migrationId, found?.migration ?? null);
        }
        const migration = migrations.get(migrationId) ?? null;
        if (migration === null) continue;
        await advanceEntry({ ...context, pace }, migration, stored).catch((error: unknown) => {
          if (!signal.aborted) failures.push(error);
        });
      }
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function* duePages({
  store,
  provider,
  clock,
}: CatalogContext): AsyncGenerator<readonly StoredMigrationEntry[]> {
  const at = clock().toISOString();
  let after: string | null = null;
  do {
    const page: MigrationPage<StoredMigrationEntry> = await store.listDueMigrationEntries({
      ...{ provider: provider.id, at, limit: pageSize },
      after,
    });
    yield page.items;
    after = page.next;
  } while (after !== null);
}
