import {
  type Callback,
  decideEntryStep,
  type EntryStep,
  type MigrationEntry,
  type PriceMigration,
  type StoredMigrationEntry,
  toPriceChange,
} from "@tollgate/core";
import { applyRead } from "../sync/apply-read.js";
import { type PacedContext, planEntry } from "./plan-entry.js";

/** More than there can be for one: put off, announced, planned. */
const mostSteps = 8;

/** What somebody has to put right is not asked for every few minutes: in milliseconds. */
const patienceMs = 3_600_000;

/** Does what is due about one subscription, step by step; each is kept together with what it tells. */
export async function advanceEntry(
  context: PacedContext,
  migration: PriceMigration,
  stored: StoredMigrationEntry,
): Promise<void> {
  let current: StoredMigrationEntry | null = stored;
  let hasRead = false;
  for (let turn = 0; turn < mostSteps && current !== null; turn += 1) {
    const step = await decideNow(context, migration, current.entry);
    if ((step.kind === "read" || step.kind === "plan") && !hasRead) {
      // What somebody did a moment ago counts.
      await read(context, current.entry);
      hasRead = true;
      continue;
    }
    current = await take(context, migration, current, step);
  }
}

async function decideNow(
  { store, clock }: PacedContext,
  migration: PriceMigration,
  entry: MigrationEntry,
): Promise<EntryStep> {
  const { provider, subscriptionId } = entry;
  const subscription = await store.findSubscription(subscriptionId, provider);
  const [promise = null] = await store.listPricePromises([subscription?.customerId ?? entry.customerId]);
  return decideEntryStep({ entry, migration, subscription, promise, now: clock() });
}

async function read(context: PacedContext, entry: MigrationEntry): Promise<void> {
  const { provider, subscriptionId, customerId } = entry;
  await context.pace(() => applyRead(context, { provider, subscriptionId, customerId }));
}

/** @returns what is stored now, to be looked at again; `null`: there is nothing more to do */
async function take(
  context: PacedContext,
  migration: PriceMigration,
  stored: StoredMigrationEntry,
  step: EntryStep,
): Promise<StoredMigrationEntry | null> {
  const { entry } = stored;
  const now = context.clock();
  const save = createSave(context, stored, now.toISOString());
  const { effectiveAt } = entry;
  switch (step.kind) {
    case "read":
      return null;
    case "wait":
      // What is due with every round need not be kept.
      if (step.obstacle !== entry.obstacle || step.dueAt > now.toISOString())
        await save({ obstacle: step.obstacle }, { dueAt: step.dueAt });
      return null;
    case "put_off":
      return save({ state: "waiting", obstacle: null, effectiveAt: step.effectiveAt });
    case "announce": {
      const data = toPriceChange(entry, migration, step.quantity);
      const id = `${idOf(entry)}:price_change.announced:${effectiveAt}`;
      return save(
        { announcedFor: effectiveAt, obstacle: null },
        { callback: { id, type: "price_change.announced", data } },
      );
    }
    case "plan": {
      const obstacle = await planEntry(context, entry, step.quantity);
      if (obstacle === null) return save({ state: "planned", obstacle: null }, { dueAt: effectiveAt });
      warn(context, entry, obstacle);
      await save({ obstacle }, { dueAt: new Date(now.getTime() + patienceMs).toISOString() });
      return null;
    }
    case "planned":
      return save({ state: "planned", obstacle: null }, { dueAt: effectiveAt });
    case "applied": {
      const data = toPriceChange(entry, migration, step.quantity);
      const id = `${idOf(entry)}:price_change.applied`;
      await save(
        { state: "applied", obstacle: null },
        { callback: { id, type: "price_change.applied", data } },
      );
      return null;
    }
    case "close":
      await save({ state: "skipped", reason: step.reason, obstacle: null });
      return null;
  }
}

function warn({ logger }: PacedContext, entry: MigrationEntry, obstacle: string): void {
  const { subscriptionId, migrationId, provider } = entry;
  const fields = { subscriptionId, migrationId, provider, obstacle };
  logger.warn(fields, "A subscription can't be moved to its new price for now");
}

/** One callback for each fact, whoever finds it. */
function idOf({ migrationId, provider, subscriptionId }: MigrationEntry): string {
  return `${provider}:${subscriptionId}:${migrationId}`;
}

/** @returns `null` where somebody else has taken the step */
function createSave({ store }: PacedContext, { entry: before, revision }: StoredMigrationEntry, now: string) {
  return async (
    change: Partial<MigrationEntry>,
    { dueAt = now, callback }: { readonly dueAt?: string; readonly callback?: Callback } = {},
  ): Promise<StoredMigrationEntry | null> => {
    const entry = { ...before, ...change };
    const callbacks = callback === undefined ? [] : [callback];
    const outcome = await store.saveMigrationEntry({ entry, dueAt, expectedRevision: revision, callbacks });
    return outcome === "saved" ? { entry, revision: revision + 1 } : null;
  };
}
