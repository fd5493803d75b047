import { openPool } from "./postgres/databases.js";
import { answer, readSettings } from "./run/process.js";
import { openFloorCounts } from "./usage/count-floor.js";
import { openOurCounts, unitsInBatch } from "./usage/count-ours.js";
import type { Spread, UsageRun, UsageSettings } from "./usage/usage-kind.js";

/** How long a round takes, in milliseconds. */
const roundTime = 1000;

const settings = readSettings<UsageSettings>();
const pool = openPool(settings.databaseUrl);
let ways: Readonly<Record<UsageRun["what"], (spread: Spread) => Promise<void>>> | undefined;

answer({
  async open() {
    ways = { ...(await openOurCounts(pool, settings)), floor: await openFloorCounts(pool, settings) };
  },
  /** Units a second. */
  async run({ what, spread, clients }: UsageRun) {
    const count = ways?.[what];
    if (count === undefined) throw new Error("Nothing is open.");
    globalThis.gc?.();
    const started = performance.now();
    let done = 0;
    const client = async () => {
      while (performance.now() - started < roundTime) {
        await count(spread);
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    const units = what === "recordMany" ? done * unitsInBatch : done;
    return (units / (performance.now() - started)) * 1000;
  },
});
