import fc from "fast-check";

/** Plans, intervals and seats that somebody may want. */
const terms = fc.record({
  planId: fc.constantFrom("solo", "trial", "crew", "max"),
  interval: fc.constantFrom("month" as const, "month" as const, "year" as const),
  quantity: fc.integer({ min: 1, max: 9 }),
});

/** What somebody wants to have. */
export type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;

const kind = <K extends string>(name: K) => fc.constant(name);
const hours = (...days: readonly number[]) => fc.constantFrom(...days.map((count) => count * 24));

/** One thing that happens in the life of a customer, by themselves, by the app's team, at their bank, or by the clock. */
const lifeStep = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: kind("buy"), terms }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind("change"),
      terms,
      /** What the app's policy says of less money: that it waits for the period's end, or happens now. */
      lessMoney: fc.constantFrom("period_end" as const, "now" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind("undo") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind("cancel"),
      at: fc.constantFrom("period_end" as const, "period_end" as const, "now" as const),
      settlement: fc.constantFrom("nothing" as const, "credit" as const, "refund" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind("resume") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind("pause"),
      how: fc.constantFrom("full" as const, "collection" as const),
      /** Only a paused collection ends by itself. */
      days: fc.option(fc.integer({ min: 1, max: 50 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind("refund"),
      /** Of the payments, the latest first. */
      which: fc.constantFrom(0, 0, 1),
      whole: fc.boolean(),
      by: fc.constantFrom("us" as const, "dashboard" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind("dispute"),
      which: fc.constantFrom(0, 0, 1),
      how: fc.constantFrom("fraudulent" as const, "inquiry" as const, "prevented" as const),
      ends: fc.constantFrom("lost" as const, "won" as const, "open" as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind("card"), good: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("pay") }) },
  // With a card that pays or fails, until the first attempt of the next renewal.
  {
    weight: 6,
    arbitrary: fc.record({ kind: kind("renew"), good: fc.constantFrom(true, false, false) }),
  },
  // The provider forgets its events after 30 days.
  {
    weight: 8,
    arbitrary: fc.record({ kind: kind("pass"), hours: hours(0.1, 1, 2, 3, 4.5, 6.9, 9, 15, 29) }),
  },
);

/** One of them. */
export type LifeStep = typeof lifeStep extends fc.Arbitrary<infer Step> ? Step : never;

/** A customer's life: what they buy first, and what happens then. */
export const life = fc.record({ begin: terms, steps: fc.array(lifeStep, { minLength: 3, maxLength: 14 }) });
