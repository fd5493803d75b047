import type { FeatureId } from "@tollgate/core";
import { plans } from "../../billing/plans";

export interface Question {
  /** `null`: nobody was named yet. */
  readonly customerId: string | null;
  readonly feature: FeatureId<typeof plans>;
  /** In UTC, to the second, as the form has it; `null`: now. */
  readonly at: string | null;
  /** The page of the timeline; `null`: the latest. */
  readonly after: string | null;
}

/** What the address asks. */
export function readQuestion(query: Record<string, string | string[] | undefined>): Question {
  const { customer, feature, at, after } = query;
  const named = typeof customer === "string" ? customer.trim() : "";
  const isFeature = typeof feature === "string" && Object.hasOwn(plans.features, feature);
  // A browser leaves seconds out that are none.
  const time = typeof at === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(at) ? at : null;
  return {
    customerId: named === "" ? null : named,
    feature: isFeature ? (feature as Question["feature"]) : "reports",
    at: time?.length === 16 ? `${time}:00` : time,
    after: typeof after === "string" ? after : null,
  };
}
