import {
  type AccessCheck,
  type AccessState,
  type Currency,
  choosePrice,
  findOffer,
  type Interval,
  isTrialOver,
  type PlanDescription,
  type SubscriptionSummary,
} from "@tollgate/core";
import type { PortalFlow } from "../portal/use-portal.js";

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
  readonly state: Pick<AccessState, "canManage" | "subscriptions" | "offers">;
  readonly check: DeniedCheck;
  /** All plans that are for sale; empty while they are not known. */
  readonly plans: readonly PlanDescription[];
  /** What the app would prefer to sell. */
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
  if (reason === "unavailable" || (isSold && !plan)) return { kind: "none" };
  if (!state.canManage) return { kind: "ask_manager" };
  if (isSold && plan) return upgradeTo(plan, input);
  if (reason === "payment_failed") return toPortal("update_payment_method");
  const unfinished = state.subscriptions.find((one) => one.status === "incomplete" || isTrialOver(one));
  if (reason === "payment_incomplete" && unfinished) return finish(unfinished);
  return toPortal(null);
}

function upgradeTo(plan: PlanDescription, { state, interval, currency }: WayOutInput): WayOut {
  const offer = findOffer(state.offers, plan);
  if (offer.kind === "contact") return offer;
  if (offer.kind === "change") return toPortal("switch_plan");
  if (offer.kind !== "checkout") return toPortal(null);
  const price = choosePrice(plan, interval);
  if (!price) return { kind: "none" };
  const label = offer.trialDays > 0 ? "trial" : "upgrade";
  return { kind: "checkout", label, planId: plan.id, interval: price.interval, currency, quantity: null };
}

/** `null`: to its start page. */
function toPortal(flow: "update_payment_method" | "switch_plan" | null): WayOut {
  return { kind: "portal", label: flow ?? "manage", flow };
}

function finish({ planId, interval, currency, quantity }: SubscriptionSummary): WayOut {
  return { kind: "checkout", label: "finish", planId, interval, currency, quantity };
}
