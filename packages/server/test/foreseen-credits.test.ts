import { randomUUID } from "node:crypto";
import { definePlans, type Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Billing } from "../src/index.js";
import { type Changer, newChanger } from "./changer.js";
import { quickPglite } from "./quick-pglite.js";
import { openWorld, type World } from "./world.js";

const { features, plans: sold } = buildCatalog();
const plans = definePlans({
  features,
  credits: { tokens: { name: "Tokens" }, minutes: { name: "Minutes" }, exports: { name: "Exports" } },
  plans: {
    ...sold,
    starter: {
      ...sold.starter,
      prices: { month: { usd: 900, eur: 800 }, year: { usd: 9000, eur: 8000 } },
      credits: {
        tokens: { amount: 8700 },
        minutes: { amount: 60, rollover: "all" },
        exports: { amount: 100, every: "month" },
      },
    },
    pro: {
      ...sold.pro,
      trialDays: 0,
      credits: {
        tokens: { amount: 23_700, every: "month" },
        minutes: { amount: 300, rollover: 100 },
        exports: { amount: 500, every: "month", rollover: 50 },
      },
    },
  },
  products: {
    credits: { name: "Credits", price: { usd: 1000, eur: 900 }, credits: { tokens: 1000 } },
  },
});
type Credit = "tokens" | "minutes" | "exports";
const credits = ["tokens", "minutes", "exports"] as const satisfies readonly Credit[];
const day = 86_400;

let world: World;
let store: Store;
let billing: Billing<typeof plans>;

beforeAll(async () => {
  const now = { at: "now", prorate: true } as const;
  store = quickPglite();
  world = await openWorld({
    ...{ store, jobs: "manual", rateLimits: false, plans },
    changes: { upgrade: now, downgrade: now, shorterInterval: now },
  } as never);
  billing = world.billing as unknown as Billing<typeof plans>;
});
afterAll(() => world.close());

const read = async (customerId: string, credit: Credit) => {
  const { available, owed } = await billing.credits.balance({ customerId, credit });
  return { available, owed };
};
const readAll = async (customerId: string) =>
  Object.fromEntries(
    await Promise.all(credits.map(async (one) => [one, await read(customerId, one)] as const)),
  );
const consume = (customerId: string, credit: Credit, amount: number) =>
  billing.credits.consume({ customerId, credit, amount, idempotencyKey: randomUUID() });
const work = async () => {
  for (;;) {
    const { callbacks, jobs, done } = await billing.runJobs();
    if (done && callbacks + jobs === 0) return;
  }
};
const hear = async (one: Changer) => {
  await one.hear();
  await work();
};
const subscribe = async (planId: string, interval: string) => {
  const one = await newChanger(world, { planId, interval });
  await hear(one);
  return one;
};

test("a preview says what carries over, what goes and what comes, and that is what happens", async () => {
  const one = await subscribe("starter", "month");
  await consume(one.user, "tokens", 1250);
  await consume(one.user, "minutes", 15);
  const { body } = await one.preview({ planId: "pro" });
  expect(body.credits).toEqual([
    { credit: "tokens", available: 7450, goes: 7450, granted: 23_700, after: 23_700, owed: 0 },
    { credit: "minutes", available: 45, goes: 0, granted: 300, after: 345, owed: 0 },
    { credit: "exports", available: 100, goes: 100, granted: 500, after: 500, owed: 0 },
  ]);
  expect(await read(one.user, "tokens"), "a preview changes nothing").toMatchObject({ available: 7450 });
  await one.agree({ planId: "pro" });
  await hear(one);
  expect(await readAll(one.user)).toMatchObject({
    tokens: { available: 23_700 },
    minutes: { available: 345 },
  });
});

/** The same numbers in each run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const rounds = Number(process.env.TOLLGATE_FORESEEN ?? 10);

test(`of ${rounds} changes each does to the credits, to the unit, what its preview said`, async () => {
  const pick = seeded(7);
  let one = await subscribe("starter", "month");
  let [planId, interval] = ["starter", "month"];
  let compared = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round % 5 === 4) {
      [planId, interval] = [["starter", "pro"][pick(2)] ?? "pro", ["month", "year"][pick(2)] ?? "year"];
      one = await subscribe(planId, interval);
    }
    for (const credit of credits) {
      const { available } = await read(one.user, credit);
      if (available > 0 && pick(3) > 0) await consume(one.user, credit, 1 + pick(available));
    }
    world.tick(pick(20 * day));
    await hear(one);
    const choice = {
      planId: ["starter", "pro"][pick(2)] ?? "pro",
      interval: ["month", "year"][pick(2)] ?? "year",
    };
    const { body, status } = await one.preview(choice as never);
    if (status !== 200) continue;
    const said = Object.fromEntries(
      body.credits.map(({ credit, after, owed }: { credit: string; after: number; owed: number }) => [
        credit,
        { available: after, owed },
      ]),
    );
    const answer = await one.change({ ...choice, preview: body.token } as never);
    if (answer.body.status !== "changed") continue;
    [planId, interval] = [choice.planId, choice.interval];
    const note = `round ${round}: ${JSON.stringify(choice)}, ${JSON.stringify(body.credits)}`;
    expect(await readAll(one.user), note).toEqual(said);
    await hear(one);
    expect(await readAll(one.user), `${note}, heard of`).toEqual(said);
    compared += 1;
  }
  // The others wait for the period's end, or change nothing.
  expect(compared).toBeGreaterThanOrEqual(rounds / 5);
}, 600_000);

test("a plan that is paid by the year grants its month's twelve times, also while nobody looks", async () => {
  const one = await subscribe("pro", "year");
  expect(await read(one.user, "tokens")).toMatchObject({ available: 23_700 });
  for (let month = 0; month < 11; month += 1) {
    world.tick(31 * day);
    // As it does every minute.
    await store.enqueueJobs([{ type: "settle_credits" }]);
    await work();
  }
  const { entries } = await billing.credits.list({ customerId: one.user, credit: "tokens", limit: 100 });
  expect(entries.filter(({ kind }) => kind === "granted").map(({ amount }) => amount)).toEqual(
    Array.from({ length: 12 }, () => 23_700),
  );
  expect(entries.filter(({ kind }) => kind === "expired")).toHaveLength(11);
});
