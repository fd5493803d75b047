import fc from "fast-check";
import type { CrashPoint } from "./crash.js";
import { crashPoint } from "./crash-point.js";
import { beginning, describeStep, type ProviderStep, providerStep } from "./provider-step.js";

/** How one event is delivered once; numbers choose among what is there. */
export interface Delivery {
  /** Which of the events that are not through yet. */
  readonly event: number;
  /** Which of the app's instances gets it. */
  readonly instance: number;
  /** How many times at once. */
  readonly copies: number;
  readonly crash: CrashPoint | null;
}

/** What happens at the provider, and meanwhile to its events. */
export interface History {
  /** Subscriptions that run from the start, so that most of what happens affects something. */
  readonly beginnings: readonly ProviderStep[];
  readonly customers: number;
  /** Whether the app knows all of them from the start; only then they can do anything through our own API at once. */
  readonly known: boolean;
  /** Beginnings of the types that the webhook endpoint is not subscribed to; reconciling must make up for them. */
  readonly deafTo: readonly string[];
  readonly chapters: readonly {
    readonly step: ProviderStep;
    /** What is delivered, all at once. */
    readonly deliveries: readonly Delivery[];
    /** Whether it is delivered while the step happens, so that reads of the provider are overtaken. */
    readonly meanwhile: boolean;
    /** Which customer becomes known to the app after it, if any. */
    readonly link: number | null;
  }[];
  /** How the rest is delivered afterwards: with what luck, and how many at once. */
  readonly luck: readonly Delivery[];
  readonly atOnce: number;
}

// Most events are dealt with in two statements; a re-read and an unknown customer take some more.
const crash = crashPoint(6);

const delivery: fc.Arbitrary<Delivery> = fc.record({
  event: fc.nat(30),
  instance: fc.nat(1),
  copies: fc.constantFrom(1, 1, 2, 3),
  crash,
});

/** Most endpoints hear everything. */
const deafTo = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.subarray(["customer.subscription.", "subscription_schedule.", "invoice."], {
      minLength: 1,
    }),
  },
);

/** Histories of up to three customers; most of them have several subscriptions and events within one second. */
export const history: fc.Arbitrary<History> = fc.record({
  beginnings: fc.array(beginning, { minLength: 1, maxLength: 3 }),
  customers: fc.integer({ min: 1, max: 3 }),
  known: fc.boolean(),
  deafTo,
  chapters: fc.array(
    fc.record({
      step: providerStep,
      deliveries: fc.oneof(fc.constant([]), fc.array(delivery, { maxLength: 4 })),
      meanwhile: fc.boolean(),
      link: fc.option(fc.nat(2), { freq: 3 }),
    }),
    { minLength: 2, maxLength: 16 },
  ),
  luck: fc.array(delivery, { minLength: 1, maxLength: 12 }),
  atOnce: fc.integer({ min: 1, max: 12 }),
});

/** A history in words, for whoever has to understand a counterexample. */
export function describeHistory(history: History): string {
  const { beginnings, customers, known, deafTo, chapters, luck, atOnce } = history;
  const lines = chapters.flatMap(({ step, deliveries, meanwhile, link }) => [
    `${describeStep(step)}${meanwhile && deliveries.length > 0 ? ", and meanwhile" : ""}`,
    ...deliveries.map((one) => `    ${describeDelivery(one)}`),
    ...(link === null ? [] : [`    customer ${link % customers} becomes known`]),
  ]);
  const rest = luck.map((one) => `    ${describeDelivery(one)}`);
  return [
    `${customers} customers${known ? ", who are known" : ""}${deafTo.length > 0 ? `, at an endpoint without ${deafTo.join("*, ")}*` : ""}`,
    ...beginnings.map(describeStep),
    ...lines,
    `then the rest, ${atOnce} at once:`,
    ...rest,
  ].join("\n");
}

function describeDelivery({ event, instance, copies, crash: point }: Delivery): string {
  const death = point === null ? "" : `, dies ${point.side} step ${point.step}`;
  return `deliver waiting event ${event} to instance ${instance}, ${copies} times${death}`;
}
