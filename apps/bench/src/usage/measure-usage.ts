import { interleave, medians } from "../run/interleave.js";
import type { Part } from "../run/part.js";
import { startWorker } from "../run/process.js";
import { openFilledStore } from "../sizes/filled-store.js";
import { reportUsage } from "./report-usage.js";
import type { UsageRun } from "./usage-kind.js";

const rounds = 7;
const population = 1000;

const runs = {
  "one customer, 1 client": { spread: "hot", clients: 1 },
  "one customer, 32 clients": { spread: "hot", clients: 32 },
  "many customers, 1 client": { spread: "many", clients: 1 },
  "many customers, 32 clients": { spread: "many", clients: 32 },
} as const satisfies Record<string, Omit<UsageRun, "what">>;

export const usage: Part = {
  name: "usage",
  title: "Usage records",
  async measure(context) {
    const store = await openFilledStore(context, population);
    const { databaseUrl } = store;
    const worker = startWorker("count-usage.ts", { databaseUrl, population });
    try {
      await worker.ask("open");
      const all = new Map<string, UsageRun>();
      for (const [label, run] of Object.entries(runs)) {
        for (const what of ["record", "recordMany", "floor"] as const) {
          all.set(`${what}, ${label}`, { ...run, what });
        }
      }
      const run = (name: string) => worker.ask<number>("run", all.get(name));
      for (const name of all.keys()) await run(name);
      const results = medians(await interleave(rounds, [...all.keys()], run), (value) => value);
      return reportUsage(
        Object.keys(runs),
        (what, label) => results[`${what}, ${label}`] ?? Number.NaN,
        rounds,
      );
    } finally {
      await worker.stop();
      await store.close();
    }
  },
};
