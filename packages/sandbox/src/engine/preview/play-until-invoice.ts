import { scheduleDues } from "../changes/schedule-dues.js";
import { subscriptionDues } from "../subscriptions/renewing/subscription-dues.js";
import type { Context } from "../world/context.js";
import { type Ahead, byTurn, type Due } from "../world/due.js";
import { find } from "../world/find.js";
import type { Invoice, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";

/** The draft of the first invoice that was made in a scratch world, as it was when it was made. */
export const firstDraft = (scratch: World): Invoice | undefined => {
  const event = scratch.events.find(({ type }) => type === "invoice.created");
  return event && (structuredClone(event.data.object) as unknown as Invoice);
};

const placed = (due: Due): Ahead => ({ due, object: due.id, created: 0, place: [0, 0] });

/** The next thing that happens to a subscription, its notices aside. */
const nextOf = (world: World, subscription: Subscription): Due | undefined => {
  const schedule = find(world.subscriptionSchedules, subscription.schedule as string | null);
  const dues = [...(schedule ? scheduleDues(world, schedule) : []), ...subscriptionDues(world, subscription)];
  const [first] = dues
    .filter((due) => due.turn !== "notice")
    .map(placed)
    .sort(byTurn);
  return first?.due;
};

/** More steps than can lie between two invoices: the phases of a schedule, the ends of discounts, a pause. */
const most = 100;

/**
 * Lets a scratch world run until a subscription is billed, and returns the draft; undefined if that never
 * happens. Only this subscription's time passes, and its customer's test clock's.
 */
export const playUntilInvoice = (scratch: World, ctx: Context, id: string): Invoice | undefined => {
  for (let step = 0; step < most; step++) {
    const draft = firstDraft(scratch);
    const subscription = find(scratch.subscriptions, id);
    if (draft || !subscription) return draft;
    const due = nextOf(scratch, subscription);
    if (!due) return undefined;
    const clock = find(scratch.testClocks, subscription.test_clock as string | null);
    if (clock) clock.frozen_time = due.at;
    due.run(scratch, { ...ctx, now: new Date(due.at * 1000) });
  }
  return undefined;
};
