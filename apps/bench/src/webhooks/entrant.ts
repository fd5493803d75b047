import { expectedQuantities } from "../events/subject.js";
import type { BenchContext } from "../run/part.js";
import { startWorker, type Worker } from "../run/process.js";
import type { Contender, ContenderSettings, Quantity } from "./contender.js";
import type { Load, LoadResult } from "./load.js";

/** A contender that is serving, and what was sent to it. */
export interface Entrant {
  /** Sends that many events. */
  send(clients: number, count: number): Promise<Round>;
  /** Counts that many events as sent by other means. */
  skip(count: number): void;
  /** @throws when a store does not hold the last state that it was told about. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** One round of one contender. */
export interface Round {
  readonly perSecond: number;
  /** The processor time of the serving process per event, all threads, in microseconds. */
  readonly cpu: number;
  /** That of Postgres. */
  readonly databaseCpu: number;
}

/** Starts a contender in a process of its own. */
export async function enter(
  settings: ContenderSettings,
  loader: Worker,
  databaseTime: BenchContext["databaseTime"],
): Promise<Entrant> {
  const { name, population } = settings;
  const server = startWorker("serve-webhooks.ts", settings);
  const door = await server.ask<Pick<Contender, "path" | "version"> & { readonly port: number }>("open");
  // A read has the present time, and only what is later than that is read again.
  const since = Math.floor(Date.now() / 1000) + (name === "rereads" ? 3600 : -86_400);
  let [first, sentFrom] = [0, 0];
  return {
    skip(count) {
      first += count;
      sentFrom = first;
    },
    async send(clients, count) {
      const load: Load = { ...door, clients, first, count, population, since };
      const readCpu = async () =>
        [await server.ask<number>("cpu"), (await databaseTime()) ?? Number.NaN] as const;
      const before = await readCpu();
      const { milliseconds, failures, failure } = await loader.ask<LoadResult>("send", load);
      if (failures > 0) throw new Error(`${name}: ${failures} of ${count} were refused.\n${failure}`);
      first += count;
      // A round is over when every callback has run.
      const answered = performance.now();
      await server.ask("told", first - sentFrom);
      const whole = milliseconds + performance.now() - answered;
      const after = await readCpu();
      return {
        perSecond: (count / whole) * 1000,
        cpu: (after[0] - before[0]) / count,
        databaseCpu: (after[1] - before[1]) / count,
      };
    },
    async check() {
      const expected = expectedQuantities(sentFrom, first, population);
      const stored = await server.ask<readonly Quantity[]>("quantities", [...expected.keys()]);
      const found = new Map(stored.map(({ id, quantity }) => [id, quantity]));
      const wrong = [...expected].filter(([id, quantity]) => found.get(id) !== quantity);
      const [id, quantity] = wrong[0] ?? [];
      if (id === undefined) return;
      throw new Error(
        `${name}: ${wrong.length} of ${expected.size} subscriptions are not in their last state; ` +
          `${id} should have ${quantity} and has ${found.get(id)}.`,
      );
    },
    stop: () => server.stop(),
  };
}
