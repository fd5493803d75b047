import {
  type AccessFacts,
  type Catalog,
  findMigrating,
  type MigrationFinding,
  type MigrationScope,
  type PriceMigrationPreview,
  withDeparted,
} from "@tollgate/core";
import { compareSums } from "./compare-sums.js";
import { findTargets } from "./find-targets.js";
import type { MigrationContext } from "./migration-context.js";
import { createMigrationTally } from "./migration-tally.js";
import { type MigrationWish, toMigrationScope } from "./migration-wish.js";

/** A preview with what it was worked out for. */
export interface WorkedOutMigration {
  readonly scope: MigrationScope;
  readonly preview: PriceMigrationPreview;
}

/** How many customers are read at once. */
const pageSize = 20;

/** The catalog, with what those are on who are on a plan that has left it. */
async function knownCatalog({ store, catalog }: MigrationContext): Promise<Catalog> {
  return withDeparted(catalog, await store.listPlans());
}

/**
 * What a migration would do, by what the store has, compared with what the provider bills: many at a time, so that
 * thousands cost the provider some dozens of requests. Changes nothing.
 */
export async function workOutMigration(
  context: MigrationContext,
  wish: MigrationWish,
): Promise<WorkedOutMigration> {
  const now = context.clock();
  const catalog = await knownCatalog(context);
  const scope = toMigrationScope(wish, catalog, now);
  const tally = createMigrationTally();
  const rules = { catalog, scope, graceDays: context.graceDays, now };
  for await (const page of pagesOf(context, wish.customerIds)) {
    for (const finding of await findIn(context, rules, page)) tally.add(finding);
  }
  const targets = await findTargets(context, catalog, tally.found());
  const sums = await compareSums(context, targets.customers);
  return { scope, preview: tally.report({ ...targets, ...sums, catalog }) };
}

async function* pagesOf(
  { store }: MigrationContext,
  chosen: readonly string[] | undefined,
): AsyncGenerator<readonly string[]> {
  if (chosen !== undefined) {
    const ids = [...new Set(chosen)];
    for (let begin = 0; begin < ids.length; begin += pageSize) yield ids.slice(begin, begin + pageSize);
    return;
  }
  for (let after: string | null = null; ; ) {
    const page: readonly string[] = await store.listSubscribers({ after, limit: pageSize });
    if (page.length > 0) yield page;
    after = page.at(-1) ?? null;
    if (page.length < pageSize) return;
  }
}

async function findIn(
  { store, providers }: MigrationContext,
  rules: Parameters<typeof findMigrating>[0],
  page: readonly string[],
): Promise<readonly MigrationFinding[]> {
  const [promises, open, ...facts] = await Promise.all([
    store.listPricePromises(page),
    store.listOpenMigrationEntries(page),
    ...page.map((id): Promise<AccessFacts> => store.readAccessFacts(id, providers.ids, rules.now)),
  ]);
  return facts.flatMap(({ subscriptions, usage: counts }, index) => {
    const customerId = page[index] ?? "";
    const promise = promises.find((one) => one.customerId === customerId) ?? null;
    const own = open.filter((one) => one.customerId === customerId);
    const migrating = new Set(own.map(({ provider, subscriptionId }) => `${provider} ${subscriptionId}`));
    return findMigrating(rules, { customerId, subscriptions, counts, promise, migrating });
  });
}
