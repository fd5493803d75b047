import fc from "fast-check";
import { afterAll, beforeAll, describe, test } from "vitest";
import { type ConvergenceWorld, openConvergenceWorld } from "./convergence-world.js";
import { describeHistory, type History, history } from "./history.js";
import { endHistory, playHistory } from "./play-history.js";
import type { PlayedAccount } from "./played-account.js";
import { differences } from "./provider-truth.js";
import type { SharedDatabase } from "./shared-database.js";

const histories = Number(process.env.TOLLGATE_HISTORIES ?? 24);
const path = process.env.TOLLGATE_PATH ?? "";
/** How many of a seed's histories were played before, so that a long run can be split into parts. */
const skipped = Number(process.env.TOLLGATE_SKIP ?? 0);

/**
 * The promise of convergence, put to the test on one kind of store.
 *
 * @param share How many of all histories are played here, of 1.
 * @param accounts Where they are played; the last one sells.
 */
export function describeConvergence(
  name: string,
  share: number,
  openDatabase: () => Promise<SharedDatabase>,
  accounts: readonly string[] = ["stripe"],
): void {
  describe(`whatever happens to the events, on ${name}`, () => {
    // Other histories on the other stores.
    const seed = Number(process.env.TOLLGATE_SEED ?? name.length);
    let world: ConvergenceWorld;
    let database: SharedDatabase;
    let neighbour: SharedDatabase;

    beforeAll(async () => {
      [database, neighbour] = await Promise.all([openDatabase(), openDatabase()]);
      world = await openConvergenceWorld(database, neighbour, accounts);
    });
    afterAll(async () => {
      await world.close();
      await database.drop();
      await neighbour.drop();
    });

    test(
      "the store equals the provider after the last delivery, and another app in the account takes no part in it",
      async () => {
        let told = false;
        let played = 0;
        let left = Math.floor(skipped * share);
        const holds = fc.asyncProperty(history, async (one) => {
          if (left > 0) {
            left -= 1;
            return;
          }
          try {
            const customers = await playHistory(world, one);
            const found = [...(await allDifferences(world, customers)), ...(await world.neighbourHolds())];
            await endHistory(world, customers);
            if (found.length > 0) throw new Error(found.join("\n"));
            played += 1;
            if (played % 1000 === 0) process.stderr.write(`${played} histories on ${name} so far\n`);
          } catch (error) {
            if (!told) tellFirst(name, seed, one, error);
            told = true;
            throw error;
          }
        });
        await fc.assert(holds, { numRuns: Math.ceil(histories * share), seed, path, reporter: tellShortest });
      },
      Math.max(120_000, histories * 1000),
    );
  });
}

/** @param customers the provider's ids, by account */
async function allDifferences(
  { accounts, store }: ConvergenceWorld,
  customers: ReadonlyMap<PlayedAccount, readonly string[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const one of accounts) found.push(...(await differences({ ...one, store }, customers.get(one) ?? [])));
  return found;
}

/** At once, before the search for a shorter one: that takes long, and a run may be cut off. */
function tellFirst(name: string, seed: number, one: History, error: unknown): void {
  const words = [
    `A history failed on ${name} (TOLLGATE_SEED=${seed}); as it was, before it is made shorter:`,
    describeHistory(one),
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    ...(error instanceof Error && error.cause !== undefined ? [`cause: ${String(error.cause)}`] : []),
  ];
  process.stderr.write(`${words.join("\n")}\n`);
}

/** The shortest history that breaks the promise, in words, and how to play it again. */
function tellShortest(run: fc.RunDetails<[History]>): void {
  if (!run.failed) return;
  const [shortest] = run.counterexample ?? [];
  throw new Error(
    [
      `Failed after ${run.numRuns} histories; again: TOLLGATE_SEED=${run.seed} TOLLGATE_PATH=${run.counterexamplePath}`,
      shortest === undefined ? "" : describeHistory(shortest),
      String(run.errorInstance),
    ].join("\n"),
  );
}
