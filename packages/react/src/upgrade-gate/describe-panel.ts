import {
  type AccessState,
  choosePrice,
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
  const { state, check, plans, interval, feature, messages } = input;
  const plan = plans.plans.find(({ id }) => id === check.upgradeTo);
  const wayOut = decideWayOut({ state, check, plans: plans.plans, interval, currency: plans.currency });
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
  switch (check.reason) {
    case "signed_out":
      return messages.signedOut;
    case "not_in_plan":
      return messages.notInPlan(plans.plans.find(({ id }) => id === state.planId)?.name ?? null);
    case "limit_reached":
      return messages.limitReached({
        used: count(used ?? state.features[feature]?.used ?? 0, locale),
        limit: count(check.limit ?? 0, locale),
      });
    case "payment_failed":
      return messages.paymentFailed;
    case "payment_incomplete":
      return messages.paymentIncomplete;
    case "paused":
      return messages.paused;
    case "unavailable":
      return messages.failed;
  }
}

/** The plan that opens it and its price, or `null` when buying is not the way out. */
function describeOffer(input: DenialInput, plan: PlanDescription | undefined, wayOut: WayOut): string | null {
  const { check, messages, feature, locale } = input;
  const { reason } = check;
  if (reason !== "not_in_plan" && reason !== "limit_reached" && reason !== "signed_out") return null;
  if (plan === undefined) return reason === "signed_out" ? null : messages.noPlan;
  const price = describePrice(input, plan, wayOut);
  const hasTrial = wayOut.kind === "checkout" && wayOut.label === "trial";
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
  const held = wayOut.kind === "portal" && state.subscriptions.find(({ group }) => group === plan.group);
  const price = choosePrice(plan, held ? held.interval : input.interval);
  if (price === null) return null;
  const amount = sayMoney({ amount: price.amount, currency: plans.currency }, locale);
  return messages[price.model === "per_seat" ? "pricePerSeat" : "price"](amount, price.interval);
}

function describeAction(
  wayOut: WayOut,
  plan: PlanDescription | undefined,
  messages: UpgradeGateMessages,
): string | null {
  switch ("label" in wayOut ? wayOut.label : wayOut.kind) {
    case "sign_in":
      return messages.signIn;
    case "contact":
      return messages.contact;
    case "trial":
      return messages.startTrial(plan?.trialDays ?? 0);
    case "upgrade":
      return messages.upgrade(plan?.name ?? "");
    case "switch_plan":
      return messages.switchPlan(plan?.name ?? "");
    case "finish":
      return messages.finishPayment;
    case "update_payment_method":
      return messages.updatePaymentMethod;
    case "manage":
      return messages.manageBilling;
    default:
      return null;
  }
}

function count(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}
