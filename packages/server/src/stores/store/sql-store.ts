import type { AccessFacts, Store, UsageEntry, UsageOutcome, WorkTiming } from "@tollgate/core";
import { createChangeFeed } from "../changes/change-feed.js";
import { createCheckoutCommands } from "../commands/checkout-commands.js";
import { createTransact } from "../commands/create-transact.js";
import { createCustomerCommands } from "../commands/customer-commands.js";
import { createDeletionCommands } from "../commands/deletion-commands.js";
import { createDuplicateCommands } from "../commands/duplicate-commands.js";
import { createKeepCommands } from "../commands/keep-commands.js";
import { createMoveCommands } from "../commands/move-commands.js";
import { createPriceMigrationCommands } from "../commands/price-migration-commands.js";
import { createSeatCommands } from "../commands/seat-commands.js";
import { createSubscriptionCommands } from "../commands/subscription-commands.js";
import { createUsageCapCommands } from "../commands/usage-cap-commands.js";
import { isolatable } from "../driver/isolate-statements.js";
import { createLoops } from "../driver/loops.js";
import type { StoreDriver } from "../driver/sql-driver.js";
import { takeTurns } from "../driver/take-turns.js";
import { createInbox } from "../inbox/inbox.js";
import { createJobQueue } from "../jobs/job-queue.js";
import { createWorkFeed } from "../jobs/work-feed.js";
import { createOutbox } from "../outbox/outbox.js";
import { createReconciliations } from "../reconciling/reconciliations.js";
import {
  type FactsQuery,
  readAccessFacts,
  readFactsTogether,
  readManyAccessFacts,
} from "../records/access-facts.js";
import { createAttempts } from "../records/attempts.js";
import { countTogether } from "../records/count-at-once.js";
import { createHistory } from "../records/create-history.js";
import { createCreditsRounds, listCreditsAccounts, readCredits, saveCredits } from "../records/credits.js";
import { createInstallations } from "../records/installation.js";
import { createMemberBooks } from "../records/members.js";
import { createPlanMemory } from "../records/plan-memory.js";
import { createRateLimits } from "../records/rate-limits.js";
import { readCreditsPage } from "../records/read-credits-page.js";
import { readExport } from "../records/read-export.js";
import { readHealth } from "../records/read-health.js";
import { createRounds } from "../records/rounds.js";
import { createTermsMemory } from "../records/terms.js";
import { countUsage, deleteUsageKeys } from "../records/usage.js";
import { countManyUses } from "../records/usage-batch.js";
import { createUsageReports } from "../records/usage-reports.js";
import { migrate } from "../schema/migrate.js";
import { createReads } from "./create-reads.js";

/**
 * The one SQL store there is, on whichever driver. Does nothing before the first call.
 *
 * @param timing where its work is to keep another pace than usual, as in tests
 */
export function createSqlStore(driver: StoreDriver, timing: Partial<WorkTiming> = {}): Store {
  const sql = isolatable(driver);
  const { observeLoops, tell } = createLoops();
  sql.observeLoops?.(tell);
  const { added, onWork } = createWorkFeed();
  const { enqueueJobs, ...jobs } = createJobQueue(sql);
  const feed = createChangeFeed(sql, tell);
  const readInTurn = takeTurns<FactsQuery, AccessFacts>({
    alone: ({ customerId, providers, at }) => readAccessFacts(sql, customerId, providers, at),
    together: (queries) => readFactsTogether(sql, queries),
    keysOf: ({ customerId }) => [customerId],
  });
  const countMany = async (entries: readonly UsageEntry[]) => {
    const { outcomes, tells } = await countManyUses(sql, entries);
    if (tells) added("callbacks");
    return outcomes;
  };
  const countInTurn = takeTurns<UsageEntry, Awaited<ReturnType<typeof countUsage>>>({
    alone: (entry) => countUsage(sql, entry),
    together: (entries) => countTogether(sql, entries),
    keysOf: ({ customerId, feature, idempotencyKey }) => [
      JSON.stringify([customerId, feature, idempotencyKey]),
    ],
  });
  const countOne = async (entry: UsageEntry): Promise<UsageOutcome> => {
    // One that names a member is counted twice, which takes more than a statement.
    const counted = entry.member === undefined ? await countInTurn(entry) : null;
    if (counted !== null && counted.outcome !== "alerting") return counted;
    const [outcome] = await countMany([entry]);
    if (outcome === undefined) throw new Error("The store left out what became of a use.");
    return outcome;
  };
  const transact = createTransact({ sql, enqueueJobs, added, changed: feed.changed });

  return {
    ...createReads(sql),
    ...createCustomerCommands(sql, transact),
    ...createSubscriptionCommands(sql, transact, feed),
    ...createCheckoutCommands(transact),
    ...createDeletionCommands(transact),
    ...createMoveCommands(transact),
    ...createDuplicateCommands(sql, transact),
    ...createKeepCommands(sql, transact),
    ...createPriceMigrationCommands(sql, transact),
    ...createSeatCommands(transact),
    ...createUsageCapCommands(transact),
    ...createInbox({ sql, transact, changed: feed.changed, added: () => added("callbacks") }),
    ...createHistory(sql),
    ...createInstallations(sql),
    ...createMemberBooks(sql, transact),
    ...createPlanMemory(sql),
    ...createRateLimits(sql),
    ...createAttempts(sql),
    ...createReconciliations(sql),
    ...createRounds(sql),
    ...createTermsMemory(sql),
    ...createUsageReports(sql),
    ...createCreditsRounds(sql),
    readCredits: (query) => readCredits(sql, query),
    saveCredits: async (save) => {
      const saved = await saveCredits(sql, save).finally(() => feed.changed([save.customerId]));
      if (save.callbacks.length > 0) added("callbacks");
      return saved;
    },
    listCreditsAccounts: (customerId) => listCreditsAccounts(sql, customerId),
    listCreditsEntries: (page) => readCreditsPage(sql, page),
    ...createOutbox(sql, () => added("callbacks")),
    ...jobs,
    enqueueJobs: (all) => transact((tx) => tx.enqueueJobs(all)),
    onWork,
    timing,
    migrate: () => migrate(sql),
    readAccessFacts: (customerId, providers, at) => readInTurn({ customerId, providers, at }),
    readManyAccessFacts: (ids, providers, at) => readManyAccessFacts(sql, ids, providers, at),
    // Even when it failed: a commit may have gone through although its answer was lost.
    countUsage: (entry) => countOne(entry).finally(() => feed.changed([entry.customerId])),
    countManyUses: (entries) =>
      countMany(entries).finally(() => feed.changed(entries.map(({ customerId }) => customerId))),
    pruneUsageKeys: (bounds) => deleteUsageKeys(sql, bounds),
    exportCustomer: (page) => readExport(sql, page),
    readHealth: () => readHealth(sql),
    observeLoops,
    onChange: feed.onChange,
    announceChanges: feed.announceChanges,
    async close() {
      await feed.close();
      await sql.close();
    },
  };
}
