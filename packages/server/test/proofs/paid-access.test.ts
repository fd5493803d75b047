import { definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Billing } from "../../src/index.js";
import { memory } from "../../src/stores/memory/memory.js";
import { openWorld, type World } from "../world.js";
import { type LifeStep, life } from "./life-step.js";
import { createLiving, graceDays, type Living } from "./living.js";
import type { PaidFor } from "./paid-for.js";
import { type PlanByPrice, readPlans } from "./provider-books.js";

// `TOLLGATE_LIVES=500` for a long run, `TOLLGATE_SEED` for other lives. A failure's message has the seed and the
// shortest life that shows it.
const lives = Number(process.env.TOLLGATE_LIVES ?? 15);
const seed = Number(process.env.TOLLGATE_SEED ?? 20_261_130);

const includes = { export: true } as const;
const flat = (month: number, year: number) => ({ month: { usd: month }, year: { usd: year } });
const plans = definePlans({
  features: { export: { type: "switch", name: "Export" } },
  plans: {
    free: { name: "Free", includes: {} },
    solo: { name: "Solo", prices: flat(999, 9_990), includes },
    trial: { name: "Trial", trialDays: 14, prices: flat(2_900, 29_000), includes },
    crew: {
      name: "Crew",
      prices: {
        month: { perSeat: { usd: 1_333 }, minimum: 1, maximum: 50 },
        year: { perSeat: { usd: 13_337 }, minimum: 1, maximum: 50 },
      },
      includes,
    },
    max: { name: "Max", prices: flat(9_900, 99_000), includes },
  },
});

/** After so many years of lives the cards of a world have expired. */
const livesOfAWorld = 5;
/** What becomes of a subscription whose last attempt failed, by turns. */
const endings = ["cancel", "past_due", "unpaid"] as const;

let world: World;
let hasty: Billing;
let prices: PlanByPrice;
let lived = 0;
async function nextWorld(): Promise<void> {
  if (lived % livesOfAWorld === 0) {
    if (lived > 0) await world.close();
    const dunning = { finally: endings[(lived / livesOfAWorld) % endings.length] ?? "cancel" };
    world = await openWorld({
      ...{ store: memory(), rateLimits: false, jobs: "manual", graceDays, accessMaxStaleSeconds: 0 },
      // The catalog has plans of its own; what a world does with it is the same.
      plans: plans as unknown as ExampleCatalog,
      sandboxOptions: { settings: { dunning } },
    });
    const now = { at: "now" } as const;
    hasty = world.instance({ changes: { downgrade: now, fewerSeats: now, shorterInterval: now } });
    prices = await readPlans(world.dashboard);
  }
  lived += 1;
}
afterAll(() => world.close());

const tally = new Map<string, number>();
const count = (what: string) => void tally.set(what, (tally.get(what) ?? 0) + 1);

/** What is open is paid for or lent, seat by seat. */
async function expectPaid(one: Living, paid: PaidFor, when: string): Promise<void> {
  const granted = await one.granted();
  if (granted === null) return count("nothing open");
  const { planId, seats } = granted;
  const most = Math.max(paid.paid.get(planId) ?? 0, paid.lent.get(planId) ?? 0);
  count((paid.paid.get(planId) ?? 0) >= seats ? "open and paid" : "open and lent");
  expect(seats, `${when}: ${planId} is open, and the books say ${tell(paid)}`).toBeLessThanOrEqual(most);
}

/** What is paid for is open, seat by seat. */
async function expectOpen(one: Living, { paid }: PaidFor, when: string): Promise<void> {
  const granted = await one.granted();
  for (const [planId, seats] of paid) {
    count("paid and open");
    expect(granted?.planId, `${when}: ${seats} of ${planId} are paid for`).toBe(planId);
    expect(granted?.seats, `${when}: ${seats} of ${planId} are paid for`).toBeGreaterThanOrEqual(seats);
  }
}

function tell({ paid, lent }: PaidFor): string {
  return JSON.stringify({ paid: [...paid], lent: [...lent] });
}

const mustHappen = [
  ...["open and paid", "open and lent", "paid and open", "nothing open"],
  ...["change done", "cancel done", "pause done", "resume done", "refund done", "dispute done"],
];

/** What our own API did is in force at once; what was done elsewhere, once it was told. */
const ours: ReadonlySet<LifeStep["kind"]> = new Set([
  "buy",
  "change",
  "undo",
  "cancel",
  "resume",
  "pause",
  "pay",
]);

test(`access is never more than what is paid for plus grace, and never less than what is paid for, over ${lives} lives`, {
  timeout: 60_000 + lives * 3_000,
}, async () => {
  const holds = fc.asyncProperty(life, async ({ begin, steps }) => {
    await nextWorld();
    const one = createLiving({ world, hasty, plans: prices });
    const all: readonly LifeStep[] = [{ kind: "buy", terms: begin }, ...steps];
    for (const [number, step] of all.entries()) {
      const done = await one.perform(step);
      count(`${step.kind} ${done ? "done" : "refused"}`);
      const when = `step ${number}, ${JSON.stringify(step)}${done ? "" : ", refused"}`;
      if (ours.has(step.kind)) await expectPaid(one, await one.paidFor(), `at once after ${when}`);
      await one.settle();
      const books = await one.paidFor();
      await expectPaid(one, books, `after ${when}`);
      await expectOpen(one, books, `after ${when}`);
    }
    await one.end();
  });
  await fc.assert(holds, { seed, numRuns: lives });
  // It got deep enough to mean something.
  for (const what of mustHappen) expect(tally.get(what) ?? 0, what).toBeGreaterThan(0);
});
