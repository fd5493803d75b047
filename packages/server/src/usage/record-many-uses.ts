import { BillingError, decideUsage, type UsageDecision, type UsageInput } from "@tollgate/core";
import { checkUse, type DecidedUse, decideUse, refuseUse, toReceipt } from "./decide-use.js";
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
  uses.forEach(checkNth);
  const context = await open();
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
  const facts = await readManyUsageFacts(context, customerIds);
  const decided = decideAll(uses, facts, context);
  const outcomes = await context.store.countManyUses(decided.map(({ entry }) => entry));
  return decided.map((one, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error("The store left out what became of a use.");
    if (outcome.outcome === "refused") return { outcome: "refused", error: refuseUse(one, outcome) };
    return { outcome: outcome.outcome, ...toReceipt(one, outcome) };
  });
}

/** Once for each customer and feature. */
function decideAll(
  uses: readonly UsageRecord[],
  facts: ReadonlyMap<string, UsageInput>,
  { usageTarget }: UsageContext,
): readonly DecidedUse[] {
  const decisions = new Map<string, UsageDecision>();
  return uses.map((use) => {
    const own = facts.get(use.customerId);
    if (own === undefined) throw new Error("The store left out what a customer has.");
    const which = JSON.stringify([use.customerId, use.feature]);
    const decision = decisions.get(which) ?? decideUsage(own, use.feature);
    decisions.set(which, decision);
    return decideUse(own, use, usageTarget, decision);
  });
}

function checkMetered({ catalog }: UsageContext, feature: string): void {
  if (Object.hasOwn(catalog.features, feature) && catalog.features[feature]?.type === "metered") return;
  throw new BillingError("unknown_feature", `The catalog has no metered feature "${feature}".`);
}

/** One that is wrong is a mistake in the app: then nothing is counted, and it is told which one it was. */
function checkNth(use: UsageRecord, index: number): void {
  try {
    checkUse(use);
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    throw new BillingError(error.code, `${error.message} (use ${index})`, { details: { index } });
  }
}
