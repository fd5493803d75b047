import { definePlans, type NextInvoice } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { memory } from "../../src/stores/memory/memory.js";
import { type Changer, newChanger } from "../changer.js";
import { openWorld, type World } from "../world.js";

// `TOLLGATE_CHANGES=500` for a long run, `TOLLGATE_SEED` for other changes. A failure's message has the seed and the
// shortest history that shows it.
const changes = Number(process.env.TOLLGATE_CHANGES ?? 20);
const seed = Number(process.env.TOLLGATE_SEED ?? 20_261_121);
const hour = 3600;

const includes = { export: true } as const;
const features = { export: { type: "switch", name: "Export" } } as const;
const flat = (month: number, year: number) => ({ month: { usd: month }, year: { usd: year } });
const tiers = (times: number, mode: "graduated" | "volume") => ({
  tiers: [
    { upTo: 4, perUnit: { usd: 901 * times }, flat: { usd: 99 } },
    { upTo: 8, perUnit: { usd: 703 * times } },
    { upTo: "unlimited" as const, perUnit: { usd: 502 * times } },
  ],
  mode,
});
const plans = definePlans({
  features,
  plans: {
    solo: {
      name: "Solo",
      prices: flat(999, 9_990),
      intro: { month: { percentOff: 50, payments: 3 }, year: { amountOff: { usd: 3_333 } } },
      includes: {},
    },
    trial: { name: "Trial", trialDays: 14, prices: flat(2_900, 29_000), includes: {} },
    crew: {
      name: "Crew",
      prices: {
        month: { perSeat: { usd: 1_333 }, minimum: 1, maximum: 50 },
        year: { perSeat: { usd: 13_337 }, minimum: 1, maximum: 50 },
      },
      intro: { month: { percentOff: 12.5 }, year: { percentOff: 33.33, payments: 2 } },
      includes: {},
    },
    hybrid: {
      name: "Hybrid",
      prices: {
        month: { base: { usd: 2_499 }, perSeat: { usd: 777 }, included: 3, maximum: 50 },
        year: { base: { usd: 24_999 }, perSeat: { usd: 7_777 }, included: 3, maximum: 50 },
      },
      intro: { month: { amountOff: { usd: 1_111 }, payments: 2 } },
      includes,
    },
    tiers: { name: "Tiers", prices: { month: tiers(1, "graduated"), year: tiers(10, "volume") }, includes },
    packs: {
      name: "Packs",
      prices: {
        month: { perPackage: { usd: 1_111 }, size: 5 },
        year: { perPackage: { usd: 11_111 }, size: 5 },
      },
      includes,
    },
    max: { name: "Max", prices: flat(9_900, 99_000), includes },
  },
  addOns: {
    storage: { name: "Storage", prices: flat(499, 4_999), includes: {} },
    help: { name: "Help", prices: { month: { usd: 777 } }, includes: {} },
    // Every plan but the first three includes it.
    exporter: { name: "Exporter", prices: flat(333, 3_331), includes },
  },
});

const withoutExport: ReadonlySet<string> = new Set(["solo", "trial", "crew"]);
const counted: ReadonlySet<string> = new Set(["crew", "hybrid", "tiers", "packs"]);
const planId = fc.constantFrom("solo", "trial", "crew", "hybrid", "tiers", "packs", "max");
const interval = fc.constantFrom("month" as const, "year" as const);
const addOns = fc.record({
  storage: fc.integer({ min: 0, max: 4 }),
  help: fc.integer({ min: 0, max: 2 }),
  exporter: fc.integer({ min: 0, max: 2 }),
});
const terms = fc.record({
  planId,
  interval,
  quantity: fc.integer({ min: 1, max: 12 }),
  /** `null`: those that are held stay. */
  addOns: fc.option(addOns, { freq: 2 }),
});

/** What stands beside the plan when it is changed. */
const circumstances = fc.record({
  /** Percent off: none, for good, or for three months. */
  coupon: fc.option(
    fc.record({ percent: fc.integer({ min: 1, max: 100 }), months: fc.constantFrom(null, 3) }),
  ),
  /** What the customer has as credit, in minor units. */
  credit: fc.constantFrom(0, 0, 1, 500, 20_000),
  /** In percent, on top or included; or what the provider works out where they live. */
  tax: fc.option(
    fc.oneof(
      fc.record({ percent: fc.constantFrom(7, 19, 8.875), inclusive: fc.boolean() }),
      fc.constant("automatic" as const),
    ),
  ),
});

const history = fc.record({
  begin: terms,
  circumstances,
  steps: fc.array(
    fc.record({
      to: terms,
      /** Since the step before. */
      hours: fc.integer({ min: 0, max: 70 * 24 }),
      /** Between the preview and the change. */
      seconds: fc.integer({ min: 0, max: 1_900 }),
      /** Something that moves in between: credit that somebody gives. */
      moves: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** After so many years of histories the cards of a world have expired. */
const historiesOfAWorld = 5;

let world: World;
let played = 0;
async function nextWorld(): Promise<void> {
  if (played % historiesOfAWorld === 0) {
    if (played > 0) await world.close();
    // The catalog has plans of its own; what a world does with it is the same.
    const catalog = plans as unknown as ExampleCatalog;
    world = await openWorld({ store: memory(), rateLimits: false, jobs: "manual", plans: catalog });
  }
  played += 1;
}
afterAll(() => world.close());

type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;

/** What is named is sold so; what is held and left out may not go along. */
function toChoice({ planId, interval, quantity, addOns: named }: Terms) {
  const sold = named && {
    storage: named.storage,
    help: interval === "month" ? named.help : 0,
    exporter: withoutExport.has(planId) ? named.exporter : 0,
  };
  return {
    planId,
    interval,
    quantity: counted.has(planId) ? quantity : 1,
    ...(sold !== null && { addOns: sold }),
  };
}

async function prepare(
  one: Changer,
  { coupon, credit, tax }: typeof circumstances extends fc.Arbitrary<infer T> ? T : never,
) {
  const { coupons, customers, subscriptions, taxRates } = world.dashboard;
  const { id } = await one.subscription();
  if (coupon !== null) {
    const { percent: percent_off, months } = coupon;
    const made = await coupons.create(
      months === null
        ? { percent_off, duration: "forever" }
        : { percent_off, duration: "repeating", duration_in_months: months },
    );
    await subscriptions.update(id, { discounts: [{ coupon: made.id }] });
  }
  if (tax === "automatic") {
    await customers.update(one.customer, { address: { country: "DE", postal_code: "10117" } });
    await subscriptions.update(id, { automatic_tax: { enabled: true } });
  } else if (tax !== null) {
    const { id: rate } = await taxRates.create({
      display_name: "Tax",
      percentage: tax.percent,
      inclusive: tax.inclusive,
    });
    await subscriptions.update(id, { default_tax_rates: [rate] });
  }
  if (credit > 0)
    await customers.createBalanceTransaction(one.customer, { amount: -credit, currency: "usd" });
}

interface Tally {
  made: number;
  scheduled: number;
  outdated: number;
  refused: number;
  /** Those with add-ons, by what became of them. */
  stays: number;
  added: number;
  changed: number;
  moved: number;
  removed: number;
  included: number;
}

/** Makes one change, and compares what was shown with what was billed; gives what was shown for later. */
async function play(
  one: Changer,
  step: { to: Terms; seconds: number; moves: boolean },
  tally: Tally,
): Promise<NextInvoice | null> {
  const choice = toChoice(step.to);
  const { status, body: shown } = await one.preview(choice);
  if (status !== 200) {
    expect(["nothing_to_change", "unknown_add_on"], JSON.stringify(shown)).toContain(shown.error.code);
    tally.refused += 1;
    return null;
  }
  expect(shown.lines.reduce((sum: number, { amount }: { amount: number }) => sum + amount, shown.tax)).toBe(
    shown.total,
  );
  const [before, charged] = [await one.invoices(), await one.charged()];
  if (step.moves)
    await world.dashboard.customers.createBalanceTransaction(one.customer, { amount: -77, currency: "usd" });
  const had = await one.subscription();
  world.tick(step.seconds);
  const answer = await one.change({ ...choice, preview: shown.token });
  const made = (await one.invoices()).filter(({ id }) => !before.some((earlier) => earlier.id === id));
  if (answer.status !== 200) {
    expect(answer.body.error.code).toBe("preview_outdated");
    const renewed =
      (await one.subscription()).items.data[0]?.current_period_end !== had.items.data[0]?.current_period_end;
    expect(step.moves || step.seconds > 1_800 || renewed, "something has moved").toBe(true);
    if (!renewed) expect(made).toEqual([]);
    tally.outdated += 1;
    return null;
  }
  const own = made.filter(({ billing_reason }) => billing_reason === "subscription_update");
  const sum = (of: (invoice: (typeof own)[number]) => number) =>
    own.reduce((total, invoice) => total + of(invoice), 0);
  expect({ total: sum(({ total }) => total), due: sum(({ amount_due }) => amount_due) }).toEqual({
    total: shown.total,
    due: shown.dueNow,
  });
  if (own.length === made.length) expect((await one.charged()) - charged).toBe(shown.dueNow);
  const [invoice] = own;
  if (invoice !== undefined) {
    const lines = invoice.lines.data.map(({ amount, discount_amounts }) =>
      (discount_amounts ?? []).reduce((left, discount) => left - discount.amount, amount),
    );
    expect(lines.sort()).toEqual(shown.lines.map(({ amount }: { amount: number }) => amount).sort());
    expect(Math.max(0, -(invoice.ending_balance ?? 0))).toBe(shown.credit);
  }
  tally[answer.body.status === "scheduled" ? "scheduled" : "made"] += 1;
  for (const { becomes } of shown.addOns ?? []) tally[becomes as keyof Tally] += 1;
  // What came between the two is not what was shown.
  return own.length === made.length ? shown.nextInvoice : null;
}

/** Lets time pass until the invoice that was shown beforehand is made, and compares the two. */
async function renew(one: Changer, shown: NextInvoice) {
  const before = await one.invoices();
  const now = world.sandbox.now().getTime();
  world.tick(Math.ceil((Date.parse(shown.at) - now) / 1000) + 1);
  const made = (await one.invoices()).filter(({ id }) => !before.some((earlier) => earlier.id === id));
  expect(made.map(({ total }) => total)).toEqual([shown.total]);
  world.tick(2 * hour);
  const [paid] = (await one.invoices()).filter(({ id }) => id === made[0]?.id);
  expect(paid?.amount_due).toBe(shown.due);
}

test(`what is previewed is what is billed, over ${changes} histories of changes`, {
  timeout: 60_000 + changes * 2_000,
}, async () => {
  const outcomes = { stays: 0, added: 0, changed: 0, moved: 0, removed: 0, included: 0 };
  const tally: Tally = { made: 0, scheduled: 0, outdated: 0, refused: 0, ...outcomes };
  const holds = fc.asyncProperty(history, async ({ begin, circumstances: given, steps }) => {
    await nextWorld();
    const one = await newChanger(world, toChoice(begin));
    await prepare(one, given);
    let next: NextInvoice | null = null;
    for (const step of steps) {
      world.tick(step.hours * hour);
      next = await play(one, step, tally);
    }
    if (next !== null) await renew(one, next);
    const { id } = await one.subscription();
    await world.dashboard.subscriptions.cancel(id);
  });
  await fc.assert(holds, { seed, numRuns: changes });
  // It got deep enough to mean something.
  for (const [kind, count] of Object.entries(tally)) expect(count, kind).toBeGreaterThan(0);
});
