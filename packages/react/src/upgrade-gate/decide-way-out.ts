import type {
  AccessCheck,
  AccessState,
  Currency,
  Interval,
  PlanDescription,
  PriceDescription,
  SubscriptionSummary,
} from "@tollgate/core";
import { isTrialOver, keepsItsGroup } from "@tollgate/core";
import type { PortalFlow } from "../billing-portal-button/use-portal.js";

export type DeniedCheck = Extract<AccessCheck, { allowed: false }>;

/** The one thing that a person can do about a closed feature. */
export type WayOut =
  | { readonly kind: "sign_in" }
  | { readonly kind: "ask_manager" }
  | { readonly kind: "contact"; readonly url: string }
  | {
      readonly kind: "checkout";
      readonly label: "upgrade" | "trial" | "finish";
      readonly planId: string;
      readonly interval: Interval;
      readonly currency: Currency;
      readonly quantity: number | null;
    }
  | {
      readonly kind: "portal";
      readonly label: "update_payment_method" | "switch_plan" | "manage";
      readonly flow: PortalFlow | null;
    }
  | { readonly kind: "none" };

export interface WayOutInput {
  readonly state: Pick<AccessState, "canManage" | "subscriptions" | "trialUsed">;
  readonly check: DeniedCheck;
  /** All plans that are for sale; empty while they are not known. */
  readonly plans: readonly PlanDescription[];
  /** What the app would rather sell. */
  readonly interval: Interval;
  /** The one that `plans` are priced in: what is shown is what is bought. */
  readonly currency: Currency;
}

/** Chooses the way out of a denial, from what core decided and what is for sale. */
export function decideWayOut(input: WayOutInput): WayOut {
  const { state, check, plans } = input;
  const { reason } = check;
  if (reason === "signed_out") return { kind: "sign_in" };
  const plan = plans.find(({ id }) => id === check.upgradeTo);
  const isSold = reason === "limit_reached" || reason === "not_in_plan";
  if (reason === "unavailable" || (isSold && plan === undefined)) return { kind: "none" };
  if (!state.canManage) return { kind: "ask_manager" };
  if (isSold && plan !== undefined) return upgradeTo(plan, input);
  if (reason === "payment_failed") {
    return { kind: "portal", label: "update_payment_method", flow: "update_payment_method" };
  }
  const unfinished = state.subscriptions.find((one) => one.status === "incomplete" || isTrialOver(one));
  if (reason === "payment_incomplete" && unfinished !== undefined) return finish(unfinished);
  return { kind: "portal", label: "manage", flow: null };
}

function upgradeTo(plan: PlanDescription, { state, interval, currency }: WayOutInput): WayOut {
  if (plan.kind === "contact" && plan.contactUrl !== null) return { kind: "contact", url: plan.contactUrl };
  if (liveInGroup(state, plan.group) !== undefined) {
    return { kind: "portal", label: "switch_plan", flow: "switch_plan" };
  }
  const price = priceFor(plan, interval);
  if (price === undefined) return { kind: "none" };
  const label = plan.trialDays > 0 && !state.trialUsed ? "trial" : "upgrade";
  return { kind: "checkout", label, planId: plan.id, interval: price.interval, currency, quantity: null };
}

/** The price that is offered: the asked interval's, or the one that there is. */
export function priceFor(plan: PlanDescription, interval: Interval): PriceDescription | undefined {
  return plan.prices.find((price) => price.interval === interval) ?? plan.prices[0];
}

/** A running subscription is changed in the portal; a second one in its group is never bought. */
export function liveInGroup(state: WayOutInput["state"], group: string): SubscriptionSummary | undefined {
  return state.subscriptions.find((one) => one.group === group && keepsItsGroup(one));
}

function finish({ planId, interval, currency, quantity }: SubscriptionSummary): WayOut {
  return { kind: "checkout", label: "finish", planId, interval, currency, quantity };
}
