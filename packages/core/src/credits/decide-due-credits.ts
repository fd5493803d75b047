import type { Catalog } from "../catalog/catalog.js";
import { defaultCreditsPriority, type PlanCredits } from "../catalog/credits-definition.js";
import type { CreditsAccount, CreditsGrant } from "../language/credits.js";
import type { PlanLine } from "../language/plan-lines.js";
import type { Purchase } from "../language/purchase.js";
import type { Period, Subscription } from "../language/subscription.js";
import { addDays, type IsoTime } from "../language/time.js";
import { billingMonthOf, firstMonthFrom, hasBillingMonths } from "../usage/billing-month.js";
import { countedFromOf } from "../usage/carry-counts.js";
import type { CreditsGrantWish } from "./decide-credits-grant.js";
import type { ReclaimWish } from "./decide-reclaim.js";

/** What plans and products grant of one of the catalog's credits, and to whom. */
export interface CreditsFacts {
  readonly catalog: Pick<Catalog, "plans" | "products">;
  readonly credit: string;
  /** All of the customer's. */
  readonly subscriptions: readonly Subscription[];
  /** The plans that are open now, each with its line; `null`: the free plan. */
  readonly open: ReadonlyMap<string, { readonly subscription: Subscription; readonly line: PlanLine } | null>;
  /** All of the customer's. */
  readonly purchases: readonly Purchase[];
  readonly now: Date;
}

/** What there should be, and what should be gone. */
export interface DueCredits {
  readonly grants: readonly CreditsGrantWish[];
  readonly reclaims: readonly ReclaimWish[];
}

/** The id of what a plan grants once in a period, however often it is changed to and fro within it. */
function planGrantId({ id, provider }: Subscription, { planId, interval }: PlanLine, start: IsoTime) {
  return `plan:${provider}:${id}:${planId}:${interval}:${start}`;
}

/**
 * The id of what a product grants.
 *
 * @example
 * purchaseGrantId({ provider: "stripe", checkoutId: "cs_1" }); // "purchase:stripe:cs_1"
 */
export function purchaseGrantId({ provider, checkoutId }: Pick<Purchase, "provider" | "checkoutId">): string {
  return `purchase:${provider}:${checkoutId}`;
}

/**
 * What plans and products should have granted by now, whatever was granted before: decided again and again, it comes to
 * the same.
 *
 * | | |
 * |---|---|
 * | a period of a plan that is trialing or active, or a month of it | what the plan grants, once |
 * | a plan that was changed to within a period | the part of it that is left of the period |
 * | the plan that was left for a dearer one | unspent ones of the time that is left go, unless they roll over |
 * | the plan that was left for a cheaper one | all of the time that is left go; what was spent of them is owed |
 * | a subscription that ended before its period | unspent ones go, unless they roll over |
 * | a product that was bought | what it grants, for good or for its days |
 *
 * @example
 * function isUpToDate(facts: CreditsFacts, account: CreditsAccount): boolean {
 *   return decideDueCredits(facts, account).reclaims.length === 0;
 * }
 */
export function decideDueCredits(facts: CreditsFacts, account: CreditsAccount): DueCredits {
  const running = account.grants.filter((grant) => isRunning(grant, facts.now));
  const plans = [...facts.open].map(([planId, held]) =>
    held === null ? dueOfFree(facts, planId) : dueOfPlan(facts, planId, held, running),
  );
  const left = running.flatMap((grant) => dueOfLeft(facts, grant) ?? []);
  return {
    grants: [
      ...plans.flatMap(({ grants }) => grants),
      ...facts.purchases.flatMap((one) => dueOfPurchase(facts, one)),
    ],
    reclaims: [...left, ...plans.flatMap(({ reclaims }) => reclaims)],
  };
}

const nothing: DueCredits = { grants: [], reclaims: [] };

function isRunning({ source }: CreditsGrant, now: Date): boolean {
  return source.kind === "plan" && Date.parse(source.period.end) > now.getTime();
}

function creditsOfPlan({ catalog, credit }: CreditsFacts, planId: string): PlanCredits | undefined {
  const credits = Object.hasOwn(catalog.plans, planId) ? catalog.plans[planId]?.credits : undefined;
  return credits !== undefined && Object.hasOwn(credits, credit) ? credits[credit] : undefined;
}

function termsOf({ rollover = "none", priority = defaultCreditsPriority }: PlanCredits, period: Period) {
  return {
    priority,
    expiresAt: rollover === "all" ? null : period.end,
    ...(typeof rollover === "number" && { carries: rollover }),
    reason: null,
  };
}

function dueOfPlan(
  facts: CreditsFacts,
  planId: string,
  { subscription, line }: { readonly subscription: Subscription; readonly line: PlanLine },
  running: readonly CreditsGrant[],
): DueCredits {
  const credits = creditsOfPlan(facts, planId);
  const paid = line.currentPeriod;
  const isPaid = subscription.status === "active" || subscription.status === "trialing";
  if (credits === undefined || !isPaid || paid === null || !isOn(paid, facts.now)) return nothing;
  const byMonth = credits.every === "month";
  const period = byMonth ? monthOf(line, paid, facts.now) : paid;
  const id = planGrantId(subscription, line, startOf(subscription, paid, { period, byMonth }));
  const { provider, id: subscriptionId } = subscription;
  const own = running.filter((grant) => grant.id !== id && isOf(grant, subscription));
  // The catalog granted all of the period at once when it began.
  if (byMonth && own.some((grant) => isSpanning(grant, planId, period))) return nothing;
  const source = { kind: "plan", provider, subscriptionId, planId, period } as const;
  // Another plan had this very period before: only the rest of it is paid at this one's price.
  const isWithin = period.start !== paid.start;
  const isChanged = own.some((grant) => {
    const start = periodOf(grant)?.start ?? period.end;
    return start === period.start || (isWithin && start < period.start);
  });
  const share = isChanged ? restOf(period, subscription.asOf) : 1;
  const amount = Math.ceil(credits.amount * share);
  const grants = amount > 0 ? [{ id, source, amount, ...termsOf(credits, period) }] : [];
  // What a change away from it took back is theirs again, now that they are back.
  return { grants, reclaims: [{ grantId: id, total: 0, reason: null, owing: false }] };
}

function isOn({ start, end }: Period, now: Date): boolean {
  return Date.parse(start) <= now.getTime() && Date.parse(end) > now.getTime();
}

/** The month of a period that runs now; of one that has no months, all of it. */
function monthOf({ interval }: PlanLine, period: Period, now: Date): Period {
  return hasBillingMonths(interval) ? billingMonthOf(period, now) : period;
}

/** Under which start a period's are granted: of one that a change cut short, and of its first month, that of what it continues. */
function startOf(
  subscription: Subscription,
  paid: Period,
  { period, byMonth }: { readonly period: Period; readonly byMonth: boolean },
): IsoTime {
  if (period.start !== paid.start) return period.start;
  return byMonth ? firstMonthFrom(subscription, period.start) : countedFromOf(subscription, period.start);
}

function isSpanning({ source }: CreditsGrant, planId: string, { start, end }: Period): boolean {
  return (
    source.kind === "plan" &&
    source.planId === planId &&
    source.period.start <= start &&
    source.period.end >= end
  );
}

function dueOfFree(facts: CreditsFacts, planId: string): DueCredits {
  const credits = creditsOfPlan(facts, planId);
  if (credits === undefined) return nothing;
  const [year, month] = [facts.now.getUTCFullYear(), facts.now.getUTCMonth()];
  const start = new Date(Date.UTC(year, month)).toISOString();
  const period = { start, end: new Date(Date.UTC(year, month + 1)).toISOString() };
  const source = { kind: "plan", provider: "", subscriptionId: "", planId, period } as const;
  const id = `plan:free:${planId}:${start}`;
  return { grants: [{ id, source, amount: credits.amount, ...termsOf(credits, period) }], reclaims: [] };
}

function isOf({ source }: CreditsGrant, { id, provider }: Subscription): boolean {
  return source.kind === "plan" && source.subscriptionId === id && source.provider === provider;
}

function periodOf({ source }: CreditsGrant): Period | null {
  return source.kind === "plan" ? source.period : null;
}

/** How much of a period is left at a time, from 0 to 1. */
function restOf({ start, end }: Period, at: IsoTime): number {
  const [from, until] = [Date.parse(start), Date.parse(end)];
  return Math.min(1, Math.max(0, (until - Date.parse(at)) / (until - from)));
}

/** Under which ids a line grants now, whatever the catalog said of its months when it did. */
function idsOf({ now }: CreditsFacts, subscription: Subscription, line: PlanLine): readonly string[] {
  const paid = line.currentPeriod;
  if (paid === null) return [];
  const month = monthOf(line, paid, isOn(paid, now) ? now : new Date(paid.start));
  const starts = [
    startOf(subscription, paid, { period: paid, byMonth: false }),
    startOf(subscription, paid, { period: month, byMonth: true }),
  ];
  return starts.map((start) => planGrantId(subscription, line, start));
}

/** What becomes of what a plan granted that is not the customer's any more; `null`: it still is. */
function dueOfLeft(facts: CreditsFacts, grant: CreditsGrant): ReclaimWish | null {
  const { source } = grant;
  if (source.kind !== "plan") return null;
  const subscription = facts.subscriptions.find((one) => isOf(grant, one));
  if (subscription === undefined) return null;
  const rollsOver = grant.carries !== undefined || grant.expiresAt === null;
  const wish = { grantId: grant.id, reason: null };
  if (subscription.status === "ended")
    return rollsOver ? null : { ...wish, total: grant.amount, owing: false };
  const lines = [...facts.open.values()].flatMap((held) =>
    held?.subscription === subscription ? [held.line] : [],
  );
  const [current] = lines;
  const isHeld = (line: PlanLine) => idsOf(facts, subscription, line).includes(grant.id);
  if (current === undefined || lines.some(isHeld)) return null;
  // The period that is paid next has begun, or will: this one keeps what it granted.
  if (Date.parse(source.period.start) > Date.parse(subscription.asOf)) return null;
  const owing = isCheaper(facts, current.planId, source.planId);
  if (rollsOver && !owing) return null;
  return { ...wish, total: Math.floor(grant.amount * restOf(source.period, subscription.asOf)), owing };
}

/** By the catalog, from the cheapest plan to the richest. */
function isCheaper({ catalog }: CreditsFacts, planId: string, than: string): boolean {
  const ids = Object.keys(catalog.plans);
  return ids.indexOf(planId) < ids.indexOf(than);
}

function dueOfPurchase(facts: CreditsFacts, purchase: Purchase): readonly CreditsGrantWish[] {
  const wish = purchaseGrant(facts, purchase);
  // What went back before it was granted is granted by nobody: whoever hears of the refund does both.
  return wish === null || purchase.returned !== undefined ? [] : [wish];
}

/**
 * What a purchase grants of a credit; `null`: none.
 *
 * @example
 * function isPack(facts: CreditsFacts, purchase: Purchase): boolean {
 *   return purchaseGrant(facts, purchase) !== null;
 * }
 */
export function purchaseGrant(
  { catalog, credit }: Pick<CreditsFacts, "catalog" | "credit">,
  purchase: Purchase,
): CreditsGrantWish | null {
  const { provider, checkoutId, productId, quantity, purchasedAt } = purchase;
  const product = Object.hasOwn(catalog.products, productId) ? catalog.products[productId] : undefined;
  const credits = product?.credits ?? {};
  const each = Object.hasOwn(credits, credit) ? (credits[credit] ?? 0) : 0;
  if (each === 0) return null;
  const days = product?.creditsExpireAfterDays;
  return {
    id: purchaseGrantId(purchase),
    source: { kind: "purchase", provider, checkoutId, productId },
    amount: each * quantity,
    priority: defaultCreditsPriority,
    expiresAt: days === undefined ? null : addDays(purchasedAt, days),
    reason: null,
  };
}

/**
 * Until when nothing is granted that no event tells of: a month of a period begins, or the free plan's.
 *
 * @example
 * plansGrantAgainAt([], new Date("2026-03-10T12:00:00Z")); // "2026-04-01T00:00:00.000Z"
 */
export function plansGrantAgainAt(lines: readonly PlanLine[], now: Date): IsoTime {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString();
  const ends = lines.flatMap((line) => {
    const paid = line.currentPeriod;
    if (paid === null) return [];
    return isOn(paid, now) ? [monthOf(line, paid, now).end] : [paid.end];
  });
  return [month, ...ends].sort()[0] ?? month;
}
