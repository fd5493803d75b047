import fc from "fast-check";
import { expect, it } from "vitest";
import type { SubscriptionEvent } from "../billing-event.js";
import type { ProviderSubscription, Subscription } from "../subscription.js";
import { buildProviderSubscription } from "../testing/builders.js";
import { projectEvent, projectRead } from "./project-event.js";

const timeAt = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString();

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
      }),
      { minLength: 1, maxLength: 8 },
    ),
    ends: fc.boolean(),
  })
  .map(({ changes, ends }) => {
    let second = 0;
    const events = changes.map(({ wait, readable, ...fields }, index) => {
      second += wait;
      return toEvent(index, second, buildProviderSubscription(fields), readable);
    });
    const endedAt = timeAt(second);
    const end = buildProviderSubscription({ status: "ended", endedAt });
    return ends ? [...events, toEvent(events.length, second, end, true)] : events;
  });

interface ProviderEvent {
  readonly event: SubscriptionEvent;
  /** What the provider's API says after it. */
  readonly truth: ProviderSubscription;
}

function toEvent(
  index: number,
  second: number,
  truth: ProviderSubscription,
  readable: boolean,
): ProviderEvent {
  const type =
    truth.status === "ended"
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
    // A read may be dated some seconds before the provider looked, never after it.
    lag: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 }),
  }),
);

it("ends at the provider's latest state, whatever the order and the duplicates", () => {
  fc.assert(
    fc.property(deliveries, ({ events, order, progress, lag }) => {
      let stored: Subscription | null = null;
      let happened = 0;
      order.forEach((index, step) => {
        const delivered = events[index];
        if (delivered === undefined) return;
        happened = Math.min(events.length - 1, Math.max(happened, index + (progress[step] ?? 0)));
        stored = deliver(delivered.event, stored, events[happened], lag[step] ?? 0);
      });
      const last = events.at(-1);
      expect(stored).toMatchObject({ ...last?.truth, customerId: "org_1" });
    }),
    { numRuns: 3000 },
  );
});

/** The pipeline of the server, without its I/O: decide, and if time can't tell, ask the provider. */
function deliver(
  event: SubscriptionEvent,
  current: Subscription | null,
  now: ProviderEvent | undefined,
  lag: number,
): Subscription | null {
  const customerId = "org_1";
  const decision = projectEvent({ event, current, customerId });
  if (decision.action === "apply") return decision.subscription;
  if (decision.action !== "reread" || now === undefined) return current;
  const asOf = timeAt((Date.parse(now.event.occurredAt) - Date.UTC(2026, 2, 1)) / 1000 - lag);
  const read = { state: now.truth, asOf, since: event.occurredAt, cause: event.id };
  const answer = projectRead({ ...read, current, customerId });
  return answer.action === "apply" ? answer.subscription : current;
}
