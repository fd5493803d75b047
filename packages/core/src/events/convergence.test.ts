import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventClock, SubscriptionEvent } from "../language/billing-event.js";
import type { ProviderSubscription, Subscription } from "../language/subscription.js";
import { buildProviderSubscription } from "../testing/building/build-subscription.js";
import { decideEvent, decideEventRead } from "./decide-event.js";
import { unknownPlanId } from "./project-event.js";

const start = Date.UTC(2026, 2, 1);
const timeAt = (second: number) => new Date(start + second * 1000).toISOString();

/** A history at the provider: states with the whole second of each, the end (if any) last. */
const history = fc
  .record({
    changes: fc.array(
      fc.record({
        wait: fc.integer({ min: 0, max: 2 }),
        status: fc.constantFrom("incomplete", "trialing", "active", "past_due", "unpaid", "paused"),
        planId: fc.constantFrom("starter", "pro", "team"),
        quantity: fc.integer({ min: 1, max: 3 }),
        cancelAt: fc.constantFrom(null, timeAt(1000)),
        readable: fc.boolean(),
        // Switched to a price of another product for a while.
        foreign: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    ends: fc.boolean(),
  })
  .map(({ changes, ends }) => {
    let second = 0;
    const events = changes.map(({ wait, readable, foreign, ...fields }, index) => {
      second += wait;
      const truth = foreign && index > 0 ? "foreign" : buildProviderSubscription(fields);
      return toEvent(index, second, truth, readable);
    });
    const endedAt = timeAt(second);
    const end = buildProviderSubscription({ status: "ended", endedAt });
    return ends ? [...events, toEvent(events.length, second, end, true)] : events;
  });

interface ProviderEvent {
  readonly event: SubscriptionEvent;
  /** What the provider's API says after it. */
  readonly truth: ProviderSubscription | "foreign";
}

function toEvent(
  index: number,
  second: number,
  truth: ProviderSubscription | "foreign",
  readable: boolean,
): ProviderEvent {
  const type =
    truth !== "foreign" && truth.status === "ended"
      ? "subscription.ended"
      : index === 0
        ? "subscription.created"
        : "subscription.updated";
  const event = {
    id: `evt_${index}`,
    provider: "stripe",
    type,
    occurredAt: timeAt(second),
    providerCustomerId: "cus_1",
    subscriptionId: "sub_1",
    state: readable ? truth : "unreadable",
  } as const;
  return { event, truth };
}

/** Events with the moment of each delivery: any order, any duplicates, none before it happened. */
const deliveries = history.chain((events) =>
  fc.record({
    events: fc.constant(events),
    order: fc
      .array(fc.nat({ max: events.length - 1 }), { maxLength: 12 })
      .chain((again) =>
        fc.shuffledSubarray([...events.keys(), ...again], { minLength: events.length + again.length }),
      ),
    // How much of the history has happened when each delivery arrives, beyond the event itself.
    progress: fc.array(fc.nat({ max: 8 }), { minLength: 24, maxLength: 24 }),
    // A read may be dated some seconds before the provider looked, but never after.
    lag: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 }),
  }),
);

/** What the inbox and the store know. */
interface Known {
  readonly stored: Subscription | null;
  readonly ignoredAt: string | null;
}

/** The same history by a finer clock: milliseconds in place of seconds. Without one, the time of the delivery. */
function toldBy(clock: EventClock, event: SubscriptionEvent, step: number): SubscriptionEvent {
  if (clock === "none") return { ...event, occurredAt: timeAt(step * 10) };
  return clock === "second" ? event : { ...event, occurredAt: inMs(event.occurredAt) };
}

const inMs = (time: string) => new Date(start + (Date.parse(time) - start) / 1000).toISOString();

it.each(["second", "millisecond", "none"] as const)(
  "ends at the provider's latest state, whatever the order and the duplicates, by a clock of: %s",
  (clock) => {
    fc.assert(
      fc.property(deliveries, ({ events, order, progress, lag }) => {
        let known: Known = { stored: null, ignoredAt: null };
        let happened = 0;
        order.forEach((index, step) => {
          const delivered = events[index];
          if (delivered === undefined) return;
          happened = Math.min(events.length - 1, Math.max(happened, index + (progress[step] ?? 0)));
          const event = toldBy(clock, delivered.event, step);
          known = deliver(clock, event, known, events[happened], lag[step] ?? 0);
        });
        const truth = events.at(-1)?.truth;
        if (truth !== "foreign") expect(known.stored).toMatchObject({ ...truth, customerId: "org_1" });
        // Nothing is kept about one that left the catalog before we heard of it.
        else if (known.stored !== null) expect(known.stored.planId).toBe(unknownPlanId);
      }),
      { numRuns: 3000 },
    );
  },
);

/** The pipeline of the server, without its I/O: decide, and if the times can't settle it, ask the provider. */
function deliver(
  clock: EventClock,
  event: SubscriptionEvent,
  { stored, ignoredAt }: Known,
  now: ProviderEvent | undefined,
  lag: number,
): Known {
  const current = stored && { subscription: stored, revision: "1" };
  const facts = { current, customerId: "org_1", ignoredAt };
  let decision = decideEvent(event, facts, clock);
  if (decision.action === "reread" && now !== undefined) {
    const asOf = timeAt((Date.parse(now.event.occurredAt) - start) / 1000 - lag);
    const read = { value: now.truth, asOf: clock === "millisecond" ? inMs(asOf) : asOf };
    decision = decideEventRead(event, read, facts);
  }
  if (decision.action !== "settle") throw new Error(`Nothing was settled: ${decision.action}`);
  const { occurredAt } = event;
  if (decision.state === "ignored" && (ignoredAt === null || occurredAt > ignoredAt)) {
    return { stored, ignoredAt: occurredAt };
  }
  return { stored: decision.subscription ?? stored, ignoredAt };
}
