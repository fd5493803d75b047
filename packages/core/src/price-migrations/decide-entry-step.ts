import type {
  MigrationEntry,
  MigrationEntryReason,
  MigrationObstacle,
  PriceMigration,
  PricePromise,
} from "../language/price-migration.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { hasEnded } from "../language/subscription-predicates.js";
import { addDays, type IsoTime } from "../language/time.js";
import { firstRenewal } from "./first-renewal.js";
import { obstacleOf } from "./obstacle-of.js";
import { promiseHolds } from "./promise-holds.js";

/** What is to be done next about a subscription of a migration. */
export type EntryStep =
  /** Nothing until then; `obstacle` says what is in the way. */
  | { readonly kind: "wait"; readonly dueAt: IsoTime; readonly obstacle: MigrationObstacle | null }
  /** The renewal is over, and nothing that we have heard says what came of it. */
  | { readonly kind: "read" }
  /** It renews at another time than was thought. */
  | { readonly kind: "put_off"; readonly effectiveAt: IsoTime }
  | { readonly kind: "announce"; readonly quantity: number }
  /** Let the provider bill the new price from the renewal on. */
  | { readonly kind: "plan"; readonly quantity: number }
  /** The provider is going to bill the new price. */
  | { readonly kind: "planned" }
  | { readonly kind: "applied"; readonly quantity: number }
  | { readonly kind: "close"; readonly reason: MigrationEntryReason };

/**
 * How long before a renewal the provider is told of its price, in hours. A day, so that thousands that renew at the same
 * time are through before it, even where the work in the background stood still; two hours where the plan is another one,
 * because what it grants changes with it.
 */
const planHours = { same: 24, other: 2 } as const;

interface StepInput {
  readonly entry: MigrationEntry;
  readonly migration: PriceMigration;
  /** `null`: nothing is stored of it any more. */
  readonly subscription: Subscription | null;
  readonly promise: PricePromise | null;
  readonly now: Date;
}

/**
 * What comes next for one subscription of a migration, by what is stored of it.
 *
 * @example
 * function isOver(input: Parameters<typeof decideEntryStep>[0]): boolean {
 *   return ["applied", "close"].includes(decideEntryStep(input).kind);
 * }
 */
export function decideEntryStep(input: StepInput): EntryStep {
  const { entry, subscription } = input;
  if (subscription === null || hasEnded(subscription)) return { kind: "close", reason: "ended" };
  const item = subscription.items.find((one) => one.planId !== null && one.group === entry.group);
  const period = item?.currentPeriod ?? null;
  if (item === undefined || period === null) return { kind: "close", reason: "changed" };
  const now = input.now.toISOString();
  if (item.priceId === entry.to.priceId) {
    if (period.start >= entry.effectiveAt) return { kind: "applied", quantity: item.quantity };
    if (entry.state !== "planned")
      return now < planTimeOf(entry) ? { kind: "close", reason: "changed" } : { kind: "planned" };
    return period.end <= now ? { kind: "read" } : { kind: "wait", dueAt: period.end, obstacle: null };
  }
  if (item.priceId !== entry.from.priceId) return { kind: "close", reason: "changed" };
  return decideWaiting(input, subscription, item, period.end <= now);
}

/** What comes next for one that is at its old price. */
function decideWaiting(
  { entry, migration, promise, now: time }: StepInput,
  subscription: Subscription,
  item: SubscriptionItem,
  isOver: boolean,
): EntryStep {
  const { currentPeriod, quantity } = item;
  const now = time.toISOString();
  if (isOver || currentPeriod === null) return { kind: "read" };
  const effectiveAt = firstRenewal(currentPeriod, entry.interval, migration.at);
  if (effectiveAt !== entry.effectiveAt) return { kind: "put_off", effectiveAt };
  if (!migration.force && promiseHolds(promise, effectiveAt)) return { kind: "close", reason: "promised" };
  const obstacle = obstacleOf(subscription, item);
  if (obstacle !== null) return { kind: "wait", dueAt: now, obstacle };
  const announceAt = addDays(effectiveAt, -migration.noticeDays);
  const isTold = entry.announcedFor === effectiveAt;
  if (!isTold && now >= announceAt) return { kind: "announce", quantity };
  const planAt = planTimeOf(entry);
  if (now >= planAt) return { kind: "plan", quantity };
  return { kind: "wait", dueAt: isTold || planAt < announceAt ? planAt : announceAt, obstacle: null };
}

function planTimeOf({ effectiveAt, from, to }: MigrationEntry): IsoTime {
  return addDays(effectiveAt, -planHours[from.planId === to.planId ? "same" : "other"] / 24);
}
