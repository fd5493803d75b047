import { median } from "../run/median.js";
import type { Part } from "../run/part.js";
import { startWorker } from "../run/process.js";
import { toTable } from "../run/table.js";
import type { Year } from "./live-a-year.js";

const sizes = [125, 250, 500, 1000];
const runs = 3;

export const sandboxYear: Part = {
  name: "sandbox-year",
  title: "A year of the sandbox",
  async measure() {
    const worker = startWorker("live-years.ts", null);
    try {
      const live = (subscriptions: number) => worker.ask<Year>("live", subscriptions);
      // The first run of all pays for the compiler.
      await live(sizes[0] ?? 1);
      const rows: Row[] = [];
      for (const size of sizes) {
        const years: Year[] = [];
        for (let run = 0; run < runs; run++) years.push(await live(size));
        rows.push(summarize(years));
      }
      return report(rows);
    } finally {
      await worker.stop();
    }
  },
};

interface Row {
  readonly subscriptions: number;
  readonly renewals: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly perRenewal: number;
  /** The second half of the year in relation to the first. */
  readonly halves: number;
  readonly megabytes: number;
  readonly events: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function summarize(years: readonly Year[]): Row {
  const [first] = years;
  if (!first) throw new Error("Nothing was measured.");
  const total = median(years.map((year) => sum(year.months)));
  return {
    subscriptions: first.subscriptions,
    renewals: first.renewals,
    seconds: total / 1000,
    perRenewal: total / first.renewals,
    halves: median(years.map((year) => sum(year.months.slice(6)) / sum(year.months.slice(0, 6)))),
    megabytes: median(years.map((year) => year.heap)) / 1e6,
    events: first.events,
  };
}

function report(rows: readonly Row[]): string {
  const smallest = rows[0]?.perRenewal ?? Number.NaN;
  const cells = rows.map((row) => [
    String(row.subscriptions),
    (row.perRenewal / smallest).toFixed(2),
    row.halves.toFixed(2),
    row.perRenewal.toFixed(3),
    row.seconds.toFixed(2),
    String(row.renewals),
    row.megabytes.toFixed(0),
    String(row.events),
  ]);
  const head = [
    "subscriptions",
    "per renewal, in relation",
    "second half-year to first",
    "ms per renewal",
    "seconds",
    "renewals",
    "heap in MB",
    "events in the log",
  ];
  return [toTable(head, cells), `Medians of ${runs} runs after a warm-up.`].join("\n\n");
}
