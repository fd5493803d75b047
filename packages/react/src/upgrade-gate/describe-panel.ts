import {
  type AccessState,
  choosePrice,
  type DenialReason,
  type Interval,
  type PlanDescription,
  type PlansDescription,
} from "@tollgate/core";
import { sayMoney } from "../format/say-money.js";
import { type DeniedCheck, decideWayOut, type WayOut } from "./decide-way-out.js";
import type { UpgradeGateMessages } from "./upgrade-gate-messages.js";

export interface DenialInput {
  readonly state: Pick<AccessState, "planId" | "canManage" | "subscriptions" | "offers" | "features">;
  readonly check: DeniedCheck;
  readonly plans: PlansDescription;
  readonly interval: Interval;
  readonly locale: string;
  readonly messages: UpgradeGateMessages;
  /** How many there are, for a feature that the app counts. */
  readonly used: number | undefined;
  readonly feature: string;
  readonly changeUrl?: string | undefined;
}

/** What a closed gate's panel says and offers. */
export interface PanelDescription {
  /** The feature's name. */
  readonly title: string;
  readonly description: string | null;
  /** Why it is closed, and what opens it. */
  readonly reason: string;
  readonly wayOut: WayOut;
  /** What the button or link says; `null` where there is none. */
  readonly action: string | null;
}

export function describePanel(input: DenialInput): PanelDescription {
  const { check, plans, feature, messages } = input;
  const plan = plans.plans.find(({ id }) => id === check.upgradeTo);
  const wayOut = decideWayOut({ ...input, ...plans });
  const known = plans.features.find(({ id }) => id === feature);
  const offer = describeOffer(input, plan, wayOut);
  return {
    title: known?.name ?? messages.thisFeature,
    description: known?.description ?? null,
    reason: describeReason(input) + (offer === null ? "" : ` ${offer}`),
    wayOut,
    action: describeAction(wayOut, plan, messages),
  };
}

/** Why a feature is closed, in a sentence. */
function describeReason({ state, check, plans, messages, used, feature, locale }: DenialInput): string {
  const { reason } = check;
  if (reason === "not_in_plan") {
    return messages.notInPlan(plans.plans.find(({ id }) => id === state.planId)?.name ?? null);
  }
  if (reason !== "limit_reached") return messages[reasons[reason]];
  return messages.limitReached({
    used: count(used ?? state.features[feature]?.used ?? 0, locale),
    limit: count(check.limit ?? 0, locale),
  });
}

/** The message that says a reason by itself. */
const reasons = {
  signed_out: "signedOut",
  payment_failed: "paymentFailed",
  payment_incomplete: "paymentIncomplete",
  paused: "paused",
  unavailable: "failed",
} as const satisfies Partial<Record<DenialReason, keyof UpgradeGateMessages>>;

/** The plan that opens it and its price, or `null` when buying is not the way out. */
function describeOffer(input: DenialInput, plan: PlanDescription | undefined, wayOut: WayOut): string | null {
  const { check, messages, feature, locale } = input;
  const { reason } = check;
  if (reason !== "not_in_plan" && reason !== "limit_reached" && reason !== "signed_out") return null;
  if (plan === undefined) return reason === "signed_out" ? null : messages.noPlan;
  const price = describePrice(input, plan, wayOut);
  const hasTrial = "label" in wayOut && wayOut.label === "startTrial";
  const now = hasTrial ? null : price;
  const granted = plan.includes[feature];
  const more = typeof granted === "number" ? count(granted, locale) : null;
  const offer =
    reason === "limit_reached" ? messages.offerMore(plan.name, more, now) : messages.offer(plan.name, now);
  return hasTrial ? `${offer} ${messages.trial(plan.trialDays, price)}` : offer;
}

function describePrice(input: DenialInput, plan: PlanDescription, wayOut: WayOut): string | null {
  const { state, plans, locale, messages } = input;
  // A running plan is switched at its current interval.
  const held = wayOut.kind !== "checkout" && state.subscriptions.find(({ group }) => group === plan.group);
  const price = choosePrice(plan, held ? held.interval : input.interval);
  if (price === null) return null;
  const amount = sayMoney({ amount: price.amount, currency: plans.currency }, locale);
  const { model, rate } = price;
  return messages[rate ? "priceFrom" : model === "per_seat" ? "pricePerSeat" : "price"](
    amount,
    price.interval,
  );
}

function describeAction(
  wayOut: WayOut,
  plan: PlanDescription | undefined,
  messages: UpgradeGateMessages,
): string | null {
  if (!("label" in wayOut)) return null;
  if (wayOut.label === "startTrial") return messages.startTrial(plan?.trialDays ?? 0);
  const say = messages[wayOut.label];
  return typeof say === "string" ? say : say(plan?.name ?? "");
}

function count(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}
