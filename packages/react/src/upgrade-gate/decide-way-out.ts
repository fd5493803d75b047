import {
  type AccessCheck,
  type AccessState,
  type Currency,
  choosePrice,
  findOffer,
  type Interval,
  isTrialOver,
  type PlanDescription,
} from "@tollgate/core";
import type { PortalFlow } from "../portal/use-portal.js";

export type DeniedCheck = Extract<AccessCheck, { allowed: false }>;

/** The one thing that a person can do about a closed feature. `label`: which of the messages says it. */
export type WayOut =
  | { readonly kind: "link"; readonly label: "signIn" }
  | { readonly kind: "link"; readonly label: "contact" | "switchPlan"; readonly url: string }
  | { readonly kind: "ask_manager" }
  | {
      readonly kind: "checkout";
      readonly label: "upgrade" | "startTrial" | "finishPayment";
      readonly planId: string;
      readonly interval: Interval;
      readonly currency: Currency;
      readonly quantity?: number;
    }
  | {
      readonly kind: "portal";
      readonly label: "updatePaymentMethod" | "switchPlan" | "manageBilling";
      /** Absent: its start page. */
      readonly flow?: PortalFlow;
    }
  | { readonly kind: "none" };

export interface WayOutInput {
  readonly state: Pick<AccessState, "canManage" | "subscriptions" | "offers">;
  readonly check: DeniedCheck;
  /** All plans that are for sale; empty while they are not known. */
  readonly plans: readonly PlanDescription[];
  /** What the app would prefer to sell. */
  readonly interval: Interval;
  /** The one that `plans` are priced in: what is shown is what is bought. */
  readonly currency: Currency;
  /** Where a subscription is changed, if the app has such a page. */
  readonly changeUrl?: string | undefined;
}

/** Chooses the way out of a denial, from what core decided and what is for sale. */
export function decideWayOut(input: WayOutInput): WayOut {
  const { state, check, plans } = input;
  const { reason } = check;
  if (reason === "signed_out") return { kind: "link", label: "signIn" };
  const plan = plans.find(({ id }) => id === check.upgradeTo);
  const isSold = reason === "limit_reached" || reason === "not_in_plan";
  if (reason === "unavailable" || (isSold && !plan)) return { kind: "none" };
  if (!state.canManage) return { kind: "ask_manager" };
  if (isSold && plan) return upgradeTo(plan, input);
  if (reason === "payment_failed") {
    return { kind: "portal", label: "updatePaymentMethod", flow: "update_payment_method" };
  }
  const unfinished = state.subscriptions.find((one) => one.status === "incomplete" || isTrialOver(one));
  if (reason !== "payment_incomplete" || !unfinished) return startPage;
  const { planId, interval, currency, quantity } = unfinished;
  return { kind: "checkout", label: "finishPayment", planId, interval, currency, quantity };
}

const startPage: WayOut = { kind: "portal", label: "manageBilling" };

function upgradeTo(plan: PlanDescription, { state, interval, currency, changeUrl }: WayOutInput): WayOut {
  const offer = findOffer(state.offers, plan);
  if (offer.kind === "contact") return { kind: "link", label: "contact", url: offer.url };
  if (offer.kind === "change") return { kind: "portal", label: "switchPlan", flow: "switch_plan" };
  if (offer.kind === "switch" && changeUrl)
    return { kind: "link", label: "switchPlan", url: `${changeUrl}?plan=${plan.id}` };
  if (offer.kind !== "checkout") return startPage;
  const price = choosePrice(plan, interval);
  if (!price) return { kind: "none" };
  const label = offer.trialDays > 0 ? "startTrial" : "upgrade";
  return { kind: "checkout", label, planId: plan.id, interval: price.interval, currency };
}
