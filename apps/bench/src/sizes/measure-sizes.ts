import { check } from "../access/measure-access.js";
import { interleave, medians } from "../run/interleave.js";
import { type Part, tell } from "../run/part.js";
import { formatMicroseconds, formatRatio, judge, toTable } from "../run/table.js";
import { type FilledStore, openFilledStore } from "./filled-store.js";

const sizes = [1000, 100_000, 1_000_000];
const rounds = 11;
const clients = 32;
const eventsPerRound = 2000;

/** One round at one size. */
interface Round {
  /** Microseconds per event, thirty-two at a time. */
  readonly webhook: number;
  /** Microseconds. */
  readonly cold: number;
  readonly warm: number;
  readonly key: number;
}

export const sizesPart: Part = {
  name: "sizes",
  title: "The size of the store",
  async measure(context) {
    const stores = new Map<string, FilledStore>();
    try {
      for (const size of sizes) {
        stores.set(String(size), await openFilledStore(context, size));
        tell(`sizes: a store of ${size} is filled`);
      }
      const names = [...stores.keys()];
      for (const name of names) await measureOnce(stores.get(name));
      const results = await interleave(rounds, names, (name) => measureOnce(stores.get(name)));
      for (const store of stores.values()) await store.entrant.check();
      return report((value) => medians(results, value));
    } finally {
      for (const store of stores.values()) await store.close();
    }
  },
};

async function measureOnce(store: FilledStore | undefined): Promise<Round> {
  if (store === undefined) throw new Error("There is no store of this size.");
  const { perSecond } = await store.entrant.send(clients, eventsPerRound);
  const [warm, cold, key] = [
    await check(store.checker, "warm"),
    await check(store.checker, "cold"),
    await check(store.checker, "key"),
  ];
  return { webhook: 1e6 / perSecond, warm, cold, key };
}

function report(median: (value: (round: Round) => number) => Readonly<Record<string, number>>): string {
  const figures = {
    "a webhook, 32 clients": median(({ webhook }) => webhook),
    "a warm check": median(({ warm }) => warm),
    "a cold check": median(({ cold }) => cold),
    "a read by key, for comparison": median(({ key }) => key),
  };
  const rows = Object.entries(figures).map(([label, times]) => {
    const values = sizes.map((size) => times[String(size)] ?? Number.NaN);
    const ratio = Math.max(...values) / Math.min(...values);
    return [
      label,
      formatRatio(ratio),
      "at most 1.5",
      judge(ratio, 1.5, "less"),
      ...values.map(formatMicroseconds),
    ];
  });
  const head = [
    "",
    "slowest to fastest",
    "target",
    "met",
    ...sizes.map((size) => `µs at ${size.toLocaleString("en")}`),
  ];
  const note = `Medians of ${rounds} interleaved rounds. Events go to subscriptions all over the store.`;
  return [toTable(head, rows), note].join("\n\n");
}
