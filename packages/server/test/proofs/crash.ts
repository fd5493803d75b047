import { AsyncLocalStorage } from "node:async_hooks";
import type { BillingProvider, Store } from "@tollgate/core";
import type { SqlDriver, SqlRunner } from "../../src/stores/driver/sql-driver.js";
import { withParts } from "../with-parts.js";

/** After how many steps (statements, or commands of a store without any, and calls to the provider) a process dies, and on which side of the last. */
export interface CrashPoint {
  readonly step: number;
  readonly side: "before" | "after";
}

interface Life {
  stepsLeft: number;
  readonly side: CrashPoint["side"];
  dead: boolean;
}

const lives = new AsyncLocalStorage<Life>();

/** Runs `work` as a process would that dies at `point`: nothing that it does afterwards has any effect. */
export function dyingAt<T>(point: CrashPoint | null, work: () => Promise<T>): Promise<T> {
  if (point === null) return work();
  return lives.run({ stepsLeft: point.step, side: point.side, dead: false }, work);
}

async function step<T>(act: () => Promise<T>): Promise<T> {
  const life = lives.getStore();
  if (life === undefined) return act();
  if (life.dead) throw crash();
  life.stepsLeft -= 1;
  if (life.stepsLeft > 0) return act();
  if (life.side === "before") {
    life.dead = true;
    throw crash();
  }
  await act();
  // The step took effect, and nobody lived to hear of it.
  life.dead = true;
  throw crash();
}

function crash(): Error {
  return new Error("The process died here.");
}

/** A driver under which processes can die between any two statements; what a transaction had done is undone. */
export function mortalDriver(driver: SqlDriver): SqlDriver {
  return {
    ...mortalRunner(driver),
    transaction: (work) =>
      driver.transaction(async (tx) => {
        const result = await work(mortalRunner(tx));
        // Between the last statement and the commit.
        await step(async () => undefined);
        return result;
      }),
    close: () => driver.close(),
  };
}

function mortalRunner(runner: SqlRunner): SqlRunner {
  return {
    query: (...call) => step(() => runner.query(...call)),
    script: (...call) => step(() => runner.script(...call)),
  };
}

/** What a store answers at once, so that nobody can die meanwhile. */
const immediate: ReadonlySet<string> = new Set([
  "onWork",
  "observeLoops",
  "recallSubscription",
] satisfies (keyof Store)[]);

/** A store before and after each of whose commands processes can die; each takes effect as a whole or not at all. */
export function mortalStore(store: Store): Store {
  const parts = Object.entries(store).map(([name, part]) => {
    const mortal = typeof part === "function" && !immediate.has(name);
    return [name, mortal ? (...call: unknown[]) => step(() => part(...call)) : part];
  });
  return Object.fromEntries(parts) as Store;
}

/** A part of a provider each of whose calls takes effect as a whole or not at all. */
function mortalPart<T extends object>(part: T): T {
  const calls = Object.entries(part).map(([name, call]) => [
    name,
    typeof call === "function" ? (...given: unknown[]) => step(() => call(...given)) : call,
  ]);
  return Object.fromEntries(calls) as T;
}

/** A provider during whose calls processes can die. */
export function mortalProvider(provider: BillingProvider): BillingProvider {
  const { subscriptions, checkout, manage } = provider;
  return withParts(provider, {
    manage: {
      ...(manage.changes !== undefined && { changes: mortalPart(manage.changes) }),
      ...(manage.endings !== undefined && { endings: mortalPart(manage.endings) }),
      ...(manage.priceMigrations !== undefined && { priceMigrations: mortalPart(manage.priceMigrations) }),
    },
    subscriptions: { read: (subscription) => step(() => subscriptions.read(subscription)) },
    checkout: { read: (id) => step(() => checkout.read(id)) },
  });
}
