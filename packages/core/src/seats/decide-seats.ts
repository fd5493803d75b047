import type { Catalog } from "../catalog/catalog.js";
import { isSameCount } from "../language/add-on-lines.js";
import { type Holder, holderOf } from "../language/holder-of.js";
import type { Interval } from "../language/interval.js";
import type { SeatRecord } from "../language/seats.js";
import type { AddOnQuantities, PendingChange, Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { dueSeats } from "./accept-count.js";
import { paidSeats } from "./paid-seats.js";
import { seatsFor, soldSeats } from "./sold-seats.js";

/** How seats follow members. */
export interface SeatRules {
  /** How long somebody may be there before their seat is billed. In hours. */
  readonly graceHours: number;
  /** Whether fewer members mean fewer seats from the next period on. */
  readonly lower: "period_end" | "never";
}

/** What a subscription is to become for its members. */
export interface SeatTarget {
  readonly planId: string;
  readonly interval: Interval;
  readonly quantity: number;
  readonly addOns?: AddOnQuantities;
}

/** What is to be done so that what is billed follows the members. */
export type SeatStep =
  /** Nothing. */
  | { readonly kind: "settled" }
  /** Nothing yet: somebody has just come, and may leave again. */
  | { readonly kind: "wait"; readonly until: IsoTime }
  /** More are there than the plan is sold for; `target`: not even as many are paid for as could be. */
  | { readonly kind: "beyond"; readonly most: number; readonly target: SeatTarget | null }
  /** Seats are to be paid for now; `carried` waits for the period's end meanwhile, and must not be lost. */
  | { readonly kind: "buy"; readonly target: SeatTarget; readonly carried: PendingChange | null }
  /** The next period is to have another number than it would have. */
  | { readonly kind: "plan"; readonly target: SeatTarget };

const settled: SeatStep = { kind: "settled" };

/**
 * What is to be done about a customer's seats. Who is there has a seat that is paid for; fewer are billed from the next
 * period on, so that one who leaves and one who joins in a paid period cost nothing; and no number is agreed on that is less
 * than what is used.
 *
 * @param input.subscriptions All of the customer's.
 * @example
 * function isSettled(subscriptions: readonly Subscription[], record: SeatRecord): boolean {
 *   const rules = { graceHours: 0, lower: "period_end" } as const;
 *   return decideSeats({ catalog: plans, subscriptions, record, rules, now: new Date() }).kind === "settled";
 * }
 */
export function decideSeats(input: {
  readonly catalog: Catalog;
  readonly subscriptions: readonly Subscription[];
  readonly record: SeatRecord;
  readonly rules: SeatRules;
  readonly now: Date;
}): SeatStep {
  const { catalog, subscriptions, record, rules, now } = input;
  const held = holderOf(subscriptions, record.group);
  const price = held && soldSeats(catalog, { ...held.line, currency: held.subscription.currency });
  if (held === null || price === null) return settled;
  const paid = paidSeats(held.line);
  const due = dueSeats(record, rules.graceHours, now);
  if (due.count > paid) {
    const quantity = seatsFor(price, due.count);
    const { planId, interval, rate } = held.line;
    const target = { planId, interval, quantity };
    const most = paidSeats({ quantity, rate });
    if (most >= due.count) return { kind: "buy", target, carried: carriedOf(held) };
    return { kind: "beyond", most: Math.max(most, paid), target: most > paid ? target : null };
  }
  const planned = planNext(input, held);
  if (planned !== null) return { kind: "plan", target: planned };
  return record.count > paid && due.until !== null ? { kind: "wait", until: due.until } : settled;
}

/** What waits and is not about the number of seats alone: buying seats now would withdraw it. */
function carriedOf(held: Holder): PendingChange | null {
  const { subscription, line } = held;
  const pending = pendingOf(subscription, line.group);
  if (pending === null) return null;
  const isSeats = pending.planId === line.planId && pending.interval === line.interval;
  return isSeats && isSameCount(pending.addOns ?? {}, addOnsOf(held)) ? null : pending;
}

/** It is agreed for the subscription's own plan, not for one that was added to it. */
function pendingOf({ group, pendingChange }: Subscription, of: string): PendingChange | null {
  return group === of ? pendingChange : null;
}

/** What the next period is to be instead of what it would be; `null`: that is right. */
function planNext(
  { catalog, record, rules }: Parameters<typeof decideSeats>[0],
  { subscription, line }: Holder,
): SeatTarget | null {
  if (!isPlannable(subscription)) return null;
  const pending = pendingOf(subscription, line.group);
  const lost = pending === null ? record.carried : null;
  const next = pending ?? lost ?? line;
  const { planId, interval } = next;
  const price = soldSeats(catalog, { planId, interval, currency: subscription.currency });
  const addOns = next === line ? {} : { addOns: (next as PendingChange).addOns ?? {} };
  if (price === null) return lost && { planId, interval, quantity: lost.quantity, ...addOns };
  // Whoever stays on a plan and interval keeps the price that they have.
  const rate = planId === line.planId && interval === line.interval ? line.rate : price.rate;
  const fitting = seatsFor(price, record.count);
  const target = { planId, interval, quantity: fitting, ...addOns };
  // Where it costs as much, it may have been made at once.
  if (lost !== null) return isHeldAs(target, { subscription, line }) ? null : target;
  const seats = paidSeats({ quantity: next.quantity, rate });
  if (pending !== null && seats < record.count && fitting > pending.quantity) return target;
  const isFewer = paidSeats({ quantity: fitting, rate }) < seats && fitting < next.quantity;
  return rules.lower === "period_end" && isFewer ? target : null;
}

/** Whether it is what they have already. */
function isHeldAs({ planId, interval, quantity, addOns = {} }: SeatTarget, held: Holder): boolean {
  const { line } = held;
  const isSame = planId === line.planId && interval === line.interval && quantity === line.quantity;
  return isSame && isSameCount(addOns, addOnsOf(held));
}

function addOnsOf({ subscription }: Holder): AddOnQuantities {
  return Object.fromEntries(
    subscription.items.flatMap((one) => (one.addOnId === undefined ? [] : [[one.addOnId, one.quantity]])),
  );
}

/** One that ends anyway, or does not run, has no next number. */
function isPlannable({ status, cancelAt, pause }: Subscription): boolean {
  const runs = status === "active" || status === "trialing" || status === "past_due";
  return runs && cancelAt === null && pause === null;
}
