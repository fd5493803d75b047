import { BillingError, type LateUse, type UsageDecision, type UsageInput } from "@tollgate/core";
import {
  checkTime,
  checkUse,
  type DecidedUse,
  decisionOf,
  refuseLate,
  refuseUse,
  toDecidedUse,
  toReceipt,
} from "./decide-use.js";
import { readManyUsageFacts, type UsageContext } from "./read-usage-facts.js";
import type { UsageReceipt, UsageRecord } from "./usage-record.js";

/** What became of one of many uses. */
export type UsageResult =
  /** `duplicate`: its key was counted before, and nothing was counted now. */
  | (UsageReceipt & { readonly outcome: "counted" | "duplicate" })
  /** Nothing was counted; `error` is what `billing.usage.record` would have thrown. */
  | { readonly outcome: "refused"; readonly error: BillingError };

/** How many are counted in one step: enough to be quick, and few enough that nobody who counts the same waits long. */
const inOneStep = 1000;

/** Decides and counts as `recordUsage` does, for many with a few statements. */
export async function recordManyUses(
  open: () => Promise<UsageContext>,
  uses: readonly UsageRecord[],
): Promise<readonly UsageResult[]> {
  if (!Array.isArray(uses)) throw new BillingError("invalid_options", "`uses` must be a list.");
  const context = await open();
  const now = context.clock();
  for (const [index, use] of uses.entries()) checkNth(use, index, now);
  for (const feature of new Set(uses.map((use) => use.feature))) checkMetered(context, feature);
  const results: UsageResult[] = [];
  for (let from = 0; from < uses.length; from += inOneStep) {
    results.push(...(await recordStep(context, uses.slice(from, from + inOneStep))));
  }
  return results;
}

async function recordStep(
  context: UsageContext,
  uses: readonly UsageRecord[],
): Promise<readonly UsageResult[]> {
  const customerIds = [...new Set(uses.map(({ customerId }) => customerId))];
  const times = uses.flatMap(({ at }) => at ?? []);
  const facts = await readManyUsageFacts(context, customerIds, times);
  const decided = decideAll(uses, facts, context);
  const inTime = decided.flatMap((one) => (one instanceof BillingError ? [] : [one]));
  const outcomes = await context.store.countManyUses(inTime.map(({ entry }) => entry));
  let next = 0;
  return decided.map((one): UsageResult => {
    if (one instanceof BillingError) return { outcome: "refused", error: one };
    const outcome = outcomes[next++];
    if (outcome === undefined) throw new Error("The store left out what became of a use.");
    if (outcome.outcome === "refused") return { outcome: "refused", error: refuseUse(one, outcome) };
    return { outcome: outcome.outcome, ...toReceipt(one, outcome) };
  });
}

/** Once for each customer and feature, but for what has a time of its own. */
function decideAll(
  uses: readonly UsageRecord[],
  facts: ReadonlyMap<string, UsageInput>,
  context: UsageContext,
): readonly (DecidedUse | BillingError)[] {
  const decisions = new Map<string, UsageDecision | LateUse>();
  return uses.map((use) => {
    const own = facts.get(use.customerId);
    if (own === undefined) throw new Error("The store left out what a customer has.");
    const which = JSON.stringify([use.customerId, use.feature, use.at?.getTime()]);
    const decision = decisions.get(which) ?? decisionOf(own, use, context);
    decisions.set(which, decision);
    if ("endedAt" in decision) return refuseLate(use, decision);
    return toDecidedUse(own, use, decision, context.usageTarget);
  });
}

function checkMetered({ catalog }: UsageContext, feature: string): void {
  if (Object.hasOwn(catalog.features, feature) && catalog.features[feature]?.type === "metered") return;
  throw new BillingError("unknown_feature", `The catalog has no metered feature "${feature}".`);
}

/** One that is wrong is a mistake in the app: then nothing is counted, and it is told which one it was. */
function checkNth(use: UsageRecord, index: number, now: Date): void {
  try {
    checkUse(use);
    checkTime(use, now);
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    throw new BillingError(error.code, `${error.message} (use ${index})`, { details: { index } });
  }
}
