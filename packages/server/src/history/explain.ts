import {
  type AccessState,
  BillingError,
  type Catalog,
  type Clock,
  currentUsage,
  decideAccess,
  type FeatureAccess,
  type IsoTime,
  type Subscription,
  withDeparted,
} from "@tollgate/core";
import type { KnownPlans } from "../catalog/known-plans.js";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { type ExplanationStep, explainSteps } from "./explain-steps.js";

/** Why somebody could, or could not, use a feature. */
export interface Explanation {
  readonly customerId: string;
  readonly feature: string;
  readonly at: IsoTime;
  /**
   * Whether all that it follows from is known. If not, it was before `knownSince`: what was there when the history began
   * is known from then on.
   */
  readonly known: boolean;
  readonly knownSince: IsoTime | null;
  /** Catalog, subscription, event, decision. */
  readonly steps: readonly ExplanationStep[];
  /**
   * As it was answered. Of a past time it isn't known how much was used: `used` is 0 then, and `usedKnown` is false, so a
   * limit that was reached is not seen.
   */
  readonly access: FeatureAccess & { readonly usedKnown: boolean };
  /** What else was answered then. */
  readonly standing: Pick<AccessState, "planId" | "subscription" | "attention" | "graceEndsAt" | "trialUsed">;
}

interface ExplainContext extends Pick<BillingContext, "store"> {
  readonly catalog: Catalog;
  readonly graceDays: number;
  readonly clock: Clock;
  readonly knownPlans: Pick<KnownPlans, "now">;
}

/** `billing.explain`. */
export async function explain(
  context: ExplainContext,
  customerId: string,
  feature: string,
  given?: IsoTime | Date,
): Promise<Explanation> {
  checkCustomerId(customerId);
  const moment = new Date(given ?? context.clock());
  if (!(moment.getTime() >= 0)) throw new BillingError("invalid_query", "`at` must be a time.");
  const at = moment.toISOString();
  const { store } = context;
  const [found, { entries, knownSince }] = [
    await findTerms(context, at),
    await store.readHistoryAt({ customerId, at }),
  ];
  const { catalog, graceDays } = found;
  const subscriptions = entries.flatMap(({ subscription }) => subscription ?? []);
  const usage = given === undefined ? await usedNow(context, { customerId, subscriptions, moment }) : {};
  const customer = { id: customerId, canManage: true, hasBillingAccount: subscriptions.length > 0 };
  const state = decideAccess({ catalog, customer, subscriptions, usage, graceDays, now: moment });
  const access = Object.hasOwn(state.features, feature) ? state.features[feature] : undefined;
  if (access === undefined)
    throw new BillingError("unknown_feature", `The catalog of then has no feature "${feature}".`);
  const { planId, subscription, attention, graceEndsAt, trialUsed } = state;
  return {
    ...{ customerId, feature, at, knownSince, known: knownSince === null || knownSince <= at },
    steps: explainSteps({ state, access, feature, entries, ...found }),
    access: { ...access, usedKnown: given === undefined || access.type === "switch" },
    standing: { planId, subscription, attention, graceEndsAt, trialUsed },
  };
}

/** Of a time before any were kept, those of today are the best there are. */
async function findTerms({ store, catalog, graceDays }: ExplainContext, at: IsoTime) {
  const found = await store.findTerms(at);
  const terms = found?.terms ?? { catalog, graceDays };
  const known = withDeparted(terms.catalog, await store.listPlans());
  return { since: found?.since ?? null, catalog: known, graceDays: terms.graceDays };
}

async function usedNow(
  { store, knownPlans, graceDays }: ExplainContext,
  {
    customerId,
    subscriptions,
    moment: now,
  }: { customerId: string; subscriptions: readonly Subscription[]; moment: Date },
) {
  const { usage: counts } = await store.readAccessFacts(customerId, [], now);
  const customer = { id: customerId, canManage: true, hasBillingAccount: false };
  return currentUsage({ catalog: knownPlans.now(), customer, subscriptions, counts, graceDays, now });
}
