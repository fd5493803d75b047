import fc from "fast-check";
import { ownStep } from "./own-step.js";

const which = fc.nat(7);
const price = fc.constantFrom("starter", "pro", "team", "care", "yearly");
/** Prices of another product, and of another app's plan of the same name. */
const foreignPrice = fc.constantFrom("foreign", "neighbour");
/** A price of ours, or now and then somebody else's, so that a subscription leaves the catalog. */
const anyPrice = fc.oneof({ weight: 5, arbitrary: price }, { weight: 1, arbitrary: foreignPrice });

const subscribe = fc.record({
  kind: fc.constant("subscribe" as const),
  customer: which,
  price,
  quantity: fc.integer({ min: 1, max: 4 }),
  trialDays: fc.constantFrom(0, 0, 7),
  start: fc.constantFrom("allow_incomplete" as const, "default_incomplete" as const),
});

/** A subscription that is paid at once, or is in its trial. */
export const beginning = subscribe.map((step) => ({ ...step, start: "allow_incomplete" as const }));

/** One thing that happens at the provider, or is done there through our own API; a number chooses among what exists at that time. */
export const providerStep = fc.oneof(
  { weight: 2, arbitrary: subscribe },
  { weight: 12, arbitrary: ownStep },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("change" as const),
      which,
      price: anyPrice,
      quantity: fc.integer({ min: 1, max: 5 }),
      payment: fc.constantFrom("allow_incomplete" as const, "pending_if_incomplete" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("cancelAtEnd" as const), which, undo: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("portalSwitch" as const),
      which,
      price,
      quantity: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancelNow" as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("plan" as const), which, price }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("release" as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("pause" as const),
      which,
      how: fc.constantFrom("full" as const, "collection" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("resume" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("addItem" as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("card" as const), customer: which, good: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("debit" as const), customer: which, good: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("payOpenInvoice" as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("refund" as const), customer: which, whole: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("dispute" as const),
      customer: which,
      how: fc.constantFrom("fraudulent" as const, "inquiry" as const, "prevented" as const),
      lost: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("foreign" as const), customer: which, price: foreignPrice }),
  },
  // A history without such a step is a burst: everything happens within one second.
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      seconds: fc.constantFrom(1, 2, 2, 3, 60, 3 * 86_400, 8 * 86_400, 31 * 86_400),
    }),
  },
);

/** One of them. */
export type ProviderStep = typeof providerStep extends fc.Arbitrary<infer Step> ? Step : never;

/** In words, for whoever reads a counterexample. */
export function describeStep(step: ProviderStep): string {
  const { kind, ...rest } = step;
  const details = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  return `${kind} (${details.join(", ")})`;
}
