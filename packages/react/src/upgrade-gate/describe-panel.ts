import type { FeatureDescription, PlanDescription } from "@tollgate/core";
import { decideWayOut, type WayOut } from "./decide-way-out.js";
import { type DenialInput, describeOffer, describeReason } from "./describe-denial.js";

/** What a closed gate's panel says and offers. */
export interface PanelDescription {
  /** `undefined` when the catalog does not know the feature. */
  readonly feature: FeatureDescription | undefined;
  /** Why it is closed, and what opens it. */
  readonly reason: string;
  readonly wayOut: WayOut;
  readonly plan: PlanDescription | undefined;
}

export function describePanel(input: DenialInput): PanelDescription {
  const { state, check, plans, interval, feature } = input;
  const wayOut = decideWayOut({ state, check, plans: plans.plans, interval, currency: plans.currency });
  const offer = describeOffer(input, wayOut);
  return {
    feature: plans.features.find(({ id }) => id === feature),
    reason: [describeReason(input), offer].filter((sentence) => sentence !== null).join(" "),
    wayOut,
    plan: plans.plans.find(({ id }) => id === check.upgradeTo),
  };
}
