import {
  type Allowance,
  BillingError,
  type Catalog,
  decidePastUsage,
  decideUsage,
  endOf,
  explainCheck,
  type FeatureAccess,
  type IsoTime,
  isStorableText,
  type LateUse,
  tellThreshold,
  type UsageAlert,
  type UsageDecision,
  type UsageEntry,
  type UsageInput,
  type UsageOutcome,
} from "@tollgate/core";
import { capped, toRefusal } from "../access/require-access.js";
import type { UsageTarget } from "../context/usage-target.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { checkMemberId, refuseMember, usesLeft } from "./member-use.js";
import type { UsageContext } from "./read-usage-facts.js";
import type { UsageReceipt, UsageRecord } from "./usage-record.js";

/** Kept with each count, so it stays short. */
const longestKey = 255;
const mostAtOnce = 1_000_000_000;

/** A use, with what was decided about its feature and how it is counted. */
export interface DecidedUse {
  readonly catalog: Catalog;
  readonly allowance: Allowance;
  /** What there is to buy too, for whoever is refused. */
  readonly access: () => FeatureAccess;
  readonly entry: UsageEntry;
}

/** @throws BillingError `invalid_quantity`, `invalid_idempotency_key`, `invalid_customer_id`, `invalid_options` */
export function checkUse({ quantity = 1, idempotencyKey, customerId, memberId }: UsageRecord): void {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > mostAtOnce) {
    throw new BillingError(
      "invalid_quantity",
      `\`quantity\` must be a whole number from 1 to ${mostAtOnce}.`,
    );
  }
  if (!isStorableText(idempotencyKey, longestKey)) {
    throw new BillingError(
      "invalid_idempotency_key",
      "`idempotencyKey` must be a string of 1 to 255 characters.",
    );
  }
  checkCustomerId(customerId);
  if (memberId !== undefined) checkMemberId(memberId);
}

/** @throws BillingError `invalid_time`: it is no time, or in the future */
export function checkTime({ at }: UsageRecord, now: Date): void {
  if (at === undefined || (at instanceof Date && at <= now)) return;
  throw new BillingError("invalid_time", "`at` must be a `Date` that has passed.");
}

/**
 * The decision about a use, or that it comes too late.
 *
 * @throws BillingError `unknown_feature`
 */
export function decisionOf(
  facts: UsageInput,
  { feature, at }: UsageRecord,
  { lateMs }: Pick<UsageContext, "lateMs">,
): UsageDecision | LateUse {
  return at === undefined ? decideUsage(facts, feature) : decidePastUsage(facts, feature, { at, lateMs });
}

/** What is told of a use that comes too late. */
export function refuseLate({ feature, at }: UsageRecord, { endedAt }: LateUse): BillingError {
  return new BillingError("usage_late", "The period in which this was used can't be billed any more.", {
    details: { feature, at: at?.toISOString() ?? null, endedAt },
  });
}

export function toDecidedUse(
  facts: UsageInput,
  { customerId, feature, memberId, quantity = 1, idempotencyKey, at }: UsageRecord,
  decision: UsageDecision,
  usageTarget: UsageTarget,
): DecidedUse {
  const { allowance, period, remaining, billedBy, memberLimit } = decision;
  const alerts = alertsOf(facts, { customerId, feature }, decision);
  const billed = usageTarget === "none" ? null : billedBy;
  const entry = {
    customerId,
    feature,
    period,
    quantity,
    ...(alerts.length > 0 && { alerts }),
    usedBefore: allowance.used,
    // Where nothing is counted down, all of it is counted.
    limit: remaining === null ? null : endOf(allowance),
    idempotencyKey,
    recordedAt: facts.now.toISOString(),
    ...(memberId !== undefined && { member: { id: memberId, limit: memberLimit } }),
    ...(billed && {
      billedTo: { provider: billed.provider, providerCustomerId: billed.providerCustomerId },
      ...(at && { usedAt: minuteOf(at, period.startsAt) }),
    }),
  };
  return { catalog: facts.catalog, allowance, access: () => decision.access, entry };
}

/** What is told when more of it is used; of a period that is over nobody can do anything any more. */
function alertsOf(
  { catalog, now }: UsageInput,
  { customerId, feature }: Pick<UsageRecord, "customerId" | "feature">,
  { allowance, period, marks, planId }: UsageDecision,
): readonly UsageAlert[] {
  const { used, limit, cap, overage = null } = allowance;
  const isOver = period.endsAt !== null && Date.parse(period.endsAt) <= now.getTime();
  if (isOver) return [];
  const name = catalog.features[feature]?.name ?? feature;
  return marks
    .filter(({ at }) => at > used)
    .map(({ at, of, percent }) => ({
      at,
      // Made when it is told, which is rare.
      get callback() {
        const isOfCap = of === "cap" && cap !== undefined;
        return tellThreshold({
          ...{ customerId, feature, name, planId, percent, of, used: at, overage, period },
          limit: isOfCap ? cap.limit : (limit ?? 0),
          cap: isOfCap ? { setBy: cap.setBy, raisedBy: cap.raisedBy, money: cap.money } : null,
        });
      },
    }));
}

/** The minute, within the period: what is used in one is told as one sum. */
function minuteOf(at: Date, startsAt: IsoTime): IsoTime {
  const minute = Math.floor(at.getTime() / 60_000) * 60_000;
  return new Date(Math.max(minute, Date.parse(startsAt))).toISOString();
}

export function toReceipt({ allowance, entry: { limit } }: DecidedUse, counted: UsageOutcome): UsageReceipt {
  const { outcome, used, member } = counted;
  return {
    counted: outcome === "counted",
    used,
    limit: allowance.limit,
    remaining: usesLeft(limit, used),
    ...(member && { member: { ...member, remaining: usesLeft(member.limit, member.used) } }),
  };
}

const tooLittle = ["limit_reached", "Your plan does not leave enough of this in this period."] as const;

/** What a use that was not counted is told. */
export function refuseUse(decided: DecidedUse, outcome: UsageOutcome): BillingError {
  const { entry } = decided;
  const { feature, quantity } = entry;
  const { used, member, limitOf } = outcome;
  if (limitOf === "member" && member !== undefined)
    return refuseMember({ ...decided, access: decided.access() }, member);
  const access = decided.access();
  const check = explainCheck({ [feature]: { ...access, used } }, feature);
  if (!check.allowed && check.reason !== "limit_reached") return toRefusal(feature, check);
  const { upgradeTo, resetsAt = null, unlocks = [], cap } = access;
  const limit = entry.limit ?? 0;
  const remaining = Math.max(0, limit - used);
  const enough = unlocks.filter((one) => one.limit === null || one.limit >= used + quantity);
  const [code, message] = cap ? capped(cap) : tooLittle;
  return new BillingError(code, message, {
    details: {
      ...{ feature, reason: "limit_reached", upgradeTo, limit, used, held: 0, quantity, remaining, resetsAt },
      ...(cap && { cap }),
      unlocks: enough,
    },
  });
}
