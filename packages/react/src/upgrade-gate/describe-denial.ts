import type { AccessState, Interval, PlanDescription, PlansDescription } from "@tollgate/core";
import { sayMoney } from "../say-money.js";
import { type DeniedCheck, liveInGroup, priceFor, type WayOut } from "./decide-way-out.js";
import type { UpgradeGateMessages } from "./upgrade-gate-messages.js";

export interface DenialInput {
  readonly state: AccessState;
  readonly check: DeniedCheck;
  readonly plans: PlansDescription;
  readonly interval: Interval;
  readonly locale: string;
  readonly messages: UpgradeGateMessages;
  /** How many there are, of a feature that the app counts. */
  readonly used: number | undefined;
  readonly feature: string;
}

/** Why a feature is closed, in a sentence. */
export function describeReason({
  state,
  check,
  plans,
  messages,
  used,
  feature,
  locale,
}: DenialInput): string {
  switch (check.reason) {
    case "signed_out":
      return messages.signedOut;
    case "not_in_plan":
      return messages.notInPlan(plans.plans.find(({ id }) => id === state.planId)?.name ?? null);
    case "limit_reached": {
      const count = new Intl.NumberFormat(locale);
      const current = used ?? state.features[feature]?.used ?? 0;
      return messages.limitReached({ used: count.format(current), limit: count.format(check.limit ?? 0) });
    }
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
export function describeOffer(input: DenialInput, wayOut: WayOut): string | null {
  const { check, plans, messages } = input;
  const isBought = check.reason !== "not_in_plan" && check.reason !== "limit_reached";
  if (isBought && check.reason !== "signed_out") return null;
  const plan = plans.plans.find(({ id }) => id === check.upgradeTo);
  if (plan === undefined) return check.reason === "signed_out" ? null : messages.noPlan;
  const price = describePrice(input, plan);
  const hasTrial = wayOut.kind === "checkout" && wayOut.label === "trial";
  const offer = offerOf(input, plan, hasTrial ? null : price);
  return hasTrial ? `${offer} ${messages.trial(plan.trialDays, price)}` : offer;
}

function offerOf(input: DenialInput, plan: PlanDescription, price: string | null): string {
  const { check, feature, messages, locale } = input;
  if (check.reason !== "limit_reached") return messages.offer(plan.name, price);
  const granted = plan.includes[feature];
  const count = typeof granted === "number" ? new Intl.NumberFormat(locale).format(granted) : null;
  return messages.offerMore(plan.name, count, price);
}

function describePrice(input: DenialInput, plan: PlanDescription): string | null {
  const { state, plans, locale, messages } = input;
  const interval = liveInGroup(state, plan.group)?.interval ?? input.interval;
  const price = priceFor(plan, interval);
  if (price === undefined) return null;
  const amount = sayMoney({ amount: price.amount, currency: plans.currency }, locale);
  return price.model === "per_seat"
    ? messages.pricePerSeat(amount, price.interval)
    : messages.price(amount, price.interval);
}

/** What the button says. */
export function describeAction(
  wayOut: Extract<WayOut, { kind: "checkout" | "portal" }>,
  plan: PlanDescription | undefined,
  messages: UpgradeGateMessages,
): string {
  switch (wayOut.label) {
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
  }
}
