import { availableParallelism } from "node:os";
import { liveAYear, type Year } from "./live-a-year.js";
import { median } from "./median.js";

const sizes = [125, 250, 500, 1000];
const runs = 3;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

type Row = {
  subscriptions: number;
  renewals: number;
  seconds: number;
  /** Milliseconds. */
  perRenewal: number;
  /** The second half of the year in relation to the first. */
  halves: number;
  megabytes: number;
  events: number;
};

const summarize = (years: readonly Year[]): Row => {
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
};

const print = (rows: readonly Row[]): void => {
  const smallest = rows[0]?.perRenewal ?? Number.NaN;
  console.log(
    "| subscriptions | renewals | seconds | ms per renewal | in relation | second half-year to first | heap in MB | events in the log |",
  );
  console.log("|--:|--:|--:|--:|--:|--:|--:|--:|");
  for (const row of rows) {
    const { subscriptions, renewals, seconds, perRenewal, halves, megabytes, events } = row;
    const relation = (perRenewal / smallest).toFixed(2);
    const cells = [
      subscriptions,
      renewals,
      seconds.toFixed(2),
      perRenewal.toFixed(3),
      relation,
      halves.toFixed(2),
    ];
    console.log(`| ${[...cells, megabytes.toFixed(0), events].join(" | ")} |`);
  }
};

// The first run of all pays for the compiler.
await liveAYear(sizes[0] ?? 1);

const rows: Row[] = [];
for (const size of sizes) {
  const years: Year[] = [];
  for (let run = 0; run < runs; run++) years.push(await liveAYear(size));
  rows.push(summarize(years));
}
console.log(`Node ${process.version}, ${availableParallelism()} cores, medians of ${runs}\n`);
print(rows);
