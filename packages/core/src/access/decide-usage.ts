import { catalogFor } from "../catalog/catalog-for.js";
import { BillingError } from "../language/errors.js";
import type { Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import type { FeatureAccess } from "./access-state.js";
import { billsUse } from "./bills-use.js";
import { usagePriceIn } from "./cap-of.js";
import { endOf } from "./check-feature.js";
import type { StandingLine } from "./current-lines.js";
import { type AccessInput, defaultGraceDays } from "./decide-access.js";
import { type Allowance, decideAllowance, withWaysOut } from "./decide-features.js";
import { decideSignedOut } from "./decide-signed-out.js";
import { type Holding, holdingOf } from "./holding.js";
import { memberLimitOf } from "./member-limit-of.js";
import { meteredPeriodOf } from "./metered-period.js";
import { type UsageMark, usageMarksOf } from "./usage-marks.js";
import type { UsagePeriod } from "./usage-period.js";

/** The count of a metered feature in one period. */
export interface UsageCount {
  readonly feature: string;
  /** The start of the period. */
  readonly startsAt: IsoTime;
  /** When the period that was known when it was counted ends; `null`: never. Needed to count what was used earlier. */
  readonly endsAt?: IsoTime | null;
  readonly used: number;
}

/** The facts that usage is decided from: those of access, with all the counts there may be. */
export interface UsageInput extends Omit<AccessInput, "usage"> {
  /** From any period, past ones too; only those of the current period count. */
  readonly counts: readonly UsageCount[];
}

/** How much of a metered feature a customer may use now. */
export interface UsageDecision {
  /** As `decideAccess` returns it; worked out when it is asked for. */
  readonly access: FeatureAccess;
  /** The same but for what there is to buy, which takes longer than all the rest. */
  readonly allowance: Allowance;
  /** The period that the next use is counted in, identified by its start. */
  readonly period: UsagePeriod;
  /** How many more may be counted, 0 when the feature is closed; `null`: no limit. */
  readonly remaining: number | null;
  /** The subscription that is billed for the next use; `null`: none is. */
  readonly billedBy: Subscription | null;
  /** How many each member may use in the period, by the plans; `null`: as many as their customer. */
  readonly memberLimit: number | null;
  /** The plan by which it is open; `null`: none. */
  readonly planId: string | null;
  /** The counts that the app is told of when they are reached. */
  readonly marks: readonly UsageMark[];
}

/**
 * Which of the stored counts apply now, by feature: the `usage` of `decideAccess`.
 *
 * @example
 * const facts = { catalog: plans, customer: null, subscriptions: [], now: new Date() };
 * decideAccess({ ...facts, usage: currentUsage({ ...facts, counts: [] }) });
 */
export function currentUsage(input: UsageInput): Readonly<Record<string, number>> {
  if (input.counts.length === 0) return {};
  const holding = holdingIn(input);
  const entries = input.counts.flatMap(({ feature, startsAt, used }) => {
    const period = meteredPeriodOf(input.catalog, holding, feature, input.now);
    return isSamePeriod(period, startsAt) ? [[feature, used] as const] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * Whether and until when a customer may use more of a metered feature, decided as `decideAccess` does, so that a check and
 * a count never disagree.
 *
 * @throws BillingError `unknown_feature` when the catalog has no such feature, or does not meter it.
 * @example
 * const customer = { id: "org_1", canManage: false, hasBillingAccount: false };
 * const facts = { catalog: plans, customer, subscriptions: [], counts: [], now: new Date() };
 * decideUsage(facts, "messages").remaining; // 100
 */
export function decideUsage(input: UsageInput, featureId: string): UsageDecision {
  const { customer, now, counts, caps = [] } = input;
  const catalog = catalogFor(input.catalog, input.plans ?? []);
  const feature = Object.hasOwn(catalog.features, featureId) ? catalog.features[featureId] : undefined;
  const holding = holdingIn(input);
  const period = meteredPeriodOf(catalog, holding, featureId, now);
  if (period === null || feature === undefined) {
    throw new BillingError("unknown_feature", `The catalog has no metered feature "${featureId}".`);
  }
  const count = counts.find((one) => one.feature === featureId && isSamePeriod(period, one.startsAt));
  const usage = { [featureId]: count?.used ?? 0 };
  const signedOut = customer === null ? decideSignedOut(catalog, now).features[featureId] : undefined;
  const allowance = signedOut ?? decideAllowance({ catalog, holding, usage, caps, now }, featureId, feature);
  let whole = signedOut;
  const limit = endOf(allowance);
  const biller = billerIn(input, holding, featureId);
  return {
    get access() {
      whole ??= withWaysOut({ catalog, holding }, featureId, allowance);
      return whole;
    },
    allowance,
    period,
    remaining: limit === null ? null : Math.max(0, limit - allowance.used),
    planId: holding.planId,
    billedBy: biller?.subscription ?? null,
    marks:
      feature.type === "metered"
        ? usageMarksOf(feature, allowance, usagePriceIn(catalog, biller, featureId))
        : [],
    memberLimit: memberLimitOf(catalog, holding.open, featureId, allowance.limit),
  };
}

function isSamePeriod(period: UsagePeriod | null, startsAt: IsoTime): boolean {
  return period !== null && Date.parse(period.startsAt) === Date.parse(startsAt);
}

function holdingIn({ catalog, customer, subscriptions, graceDays, now }: UsageInput): Holding {
  const all = customer === null ? null : subscriptions;
  return holdingOf({ catalog, subscriptions: all, graceDays: graceDays ?? defaultGraceDays, now });
}

function billerIn({ catalog }: UsageInput, { open }: Holding, featureId: string): StandingLine | null {
  for (const bought of open.values()) {
    if (bought !== null && billsUse(catalog, bought, featureId)) return bought;
  }
  return null;
}
