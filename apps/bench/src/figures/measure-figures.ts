import { isDeepStrictEqual } from "node:util";
import { buildCatalog } from "@tollgate/core/testing";
import { createBilling } from "@tollgate/server";
import { postgres } from "@tollgate/server/postgres";
import { stripe } from "@tollgate/server/stripe";
import { createDatabase, dropDatabase, openPool } from "../postgres/databases.js";
import { median } from "../run/median.js";
import { type BenchContext, type Part, tell } from "../run/part.js";
import { judge, toTable } from "../run/table.js";
import { entriesEach, fillHistory } from "./fill-history.js";

// 1000000 for the size that the targets are for: it takes some minutes and 10 GB.
const population = Number(process.env.BENCH_SUBSCRIPTIONS ?? 10_000);
const rounds = 7;
const name = "bench_figures";

/** The last whole month but one, one that ends within a day, and a year. */
const wishes = {
  "a month": { from: "2025-08-01", to: "2025-09-01" },
  "a month, cut within two days": { from: "2025-07-14T13:00:00Z", to: "2025-08-14T13:00:00Z" },
  "a year, by months": { from: "2024-09-01", to: "2025-09-01" },
} as const;

type Wish = (typeof wishes)[keyof typeof wishes];

export const figures: Part = {
  name: "figures",
  title: "Numbers and explanations",
  async measure({ serverUrl }: BenchContext) {
    const databaseUrl = await createDatabase(serverUrl, name);
    const pool = openPool(databaseUrl);
    const store = postgres(pool);
    const billing = createBilling({
      plans: buildCatalog(),
      provider: stripe({ secretKey: "sk_test_bench", webhookSecret: "whsec_bench" }),
      store,
      appUrl: "https://app.example.com",
      environment: "development",
      jobs: "manual",
      identify: () => null,
    });
    try {
      await store.migrate();
      await fillHistory(databaseUrl, population);
      tell(`figures: ${population * entriesEach} entries are there`);
      const ask = (wish: Wish) => billing.metrics({ ...wish, every: "month" });
      const plain = await timeOf(() => ask(wishes["a month"]));
      const counting = await timeOf(() => store.countHistory());
      await pool.query("VACUUM ANALYZE");
      tell(`figures: they were counted in ${(counting.ms / 1000).toFixed(1)} s`);
      const rows = [];
      for (const [label, wish] of Object.entries(wishes)) {
        const { ms, value } = await medianOf(() => ask(wish));
        const isSame = wish !== wishes["a month"] || isDeepStrictEqual(value, plain.value);
        if (!isSame) throw new Error("The totals are not what the history adds up to.");
        const months = Math.max(1, value.currencies[0]?.spans.length ?? 1);
        rows.push([`\`metrics\`, ${label}`, ...times(ms / months, 1000)]);
      }
      let asked = 0;
      const explained = await medianOf(async () => {
        asked += 1;
        const customer = `org_${(asked * 7919) % population}`;
        return billing.explain(customer, "projects", { at: "2025-08-15T12:00:00Z" });
      });
      rows.push(["`explain`, of a past time", ...times(explained.ms, 50)]);
      const notes = `${population} subscriptions, ${population * entriesEach} entries, medians of ${rounds} rounds. Adding it all up for the first time took ${(counting.ms / 1000).toFixed(1)} s; without totals the month took ${plain.ms.toFixed(0)} ms.`;
      return [toTable(["Tollgate, each month asked", "ms", "target", "met"], rows), notes].join("\n\n");
    } finally {
      await billing.close();
      await pool.end();
      await dropDatabase(serverUrl, name);
    }
  },
};

function times(ms: number, target: number): readonly string[] {
  return [ms.toFixed(1), `at most ${target}`, judge(ms, target, "less")];
}

async function timeOf<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

/** After one that opens connections and plans. */
async function medianOf<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const { value } = await timeOf(work);
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) all.push((await timeOf(work)).ms);
  return { ms: median(all), value };
}
