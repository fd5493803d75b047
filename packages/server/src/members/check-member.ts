import { type AccessCheck, decideUsage, explainCheck, type MemberOf } from "@tollgate/core";
import { unlocksForMembers, usesLeft } from "../usage/member-use.js";
import { readUsageFacts, type UsageContext } from "../usage/read-usage-facts.js";

/** Whether a member may use one more, or why not, and whose limit it is that decides. */
export type MemberCheck = AccessCheck & {
  /** Whose limit leaves least, or refuses; the customer's first. */
  readonly limitOf: "customer" | "member";
};

/**
 * The answer of a recorded use of one, without counting it.
 *
 * @throws BillingError `unknown_feature`
 */
export async function checkMember(
  context: UsageContext,
  { customerId, memberId }: MemberOf,
  feature: string,
): Promise<MemberCheck> {
  const facts = await readUsageFacts(context, customerId);
  const { access, period, memberLimit } = decideUsage(facts, feature);
  const check = explainCheck({ [feature]: access }, feature);
  if (!check.allowed) return { ...check, limitOf: "customer" };
  const periods = [{ feature, startsAt: period.startsAt }];
  const stored = await context.store.readMemberUse({ customerId, memberId, periods });
  const isOwn = Object.hasOwn(stored.limits, feature);
  const limit = isOwn ? (stored.limits[feature] ?? null) : memberLimit;
  const used = stored.used[feature] ?? 0;
  const left = usesLeft(limit, used);
  if (left === null || (check.remaining !== null && check.remaining < left))
    return { ...check, limitOf: "customer" };
  if (left > 0) return { allowed: true, limit, remaining: left, limitOf: "member" };
  const unlocks = isOwn ? [] : unlocksForMembers(facts.catalog, access, feature, used + 1);
  const upgradeTo = unlocks.flatMap((one) => (one.kind === "plan" ? one.planId : []))[0] ?? null;
  return {
    ...{ allowed: false, reason: "limit_reached", limitOf: "member", limit, remaining: 0, upgradeTo },
    ...{ used, held: 0, resetsAt: access.resetsAt ?? null, unlocks },
  };
}
