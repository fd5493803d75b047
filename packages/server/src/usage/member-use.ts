import {
  type AccessUnlock,
  BillingError,
  type Catalog,
  type FeatureAccess,
  isCustomerId,
  type MemberOutcome,
  memberLimitUnder,
  type UsageEntry,
} from "@tollgate/core";

/** @throws BillingError `invalid_customer_id` */
export function checkMemberId(memberId: string): void {
  if (isCustomerId(memberId)) return;
  throw new BillingError(
    "invalid_customer_id",
    "`memberId` must be your own id of the person, a string of 1 to 200 characters.",
  );
}

export function usesLeft(limit: number | null, used: number): number | null {
  return limit === null ? null : Math.max(0, limit - used);
}

/** What is told of a use that the customer has room for, and the member has not. */
export function refuseMember(
  {
    access,
    entry,
    catalog,
  }: { readonly access: FeatureAccess; readonly entry: UsageEntry; readonly catalog: Catalog },
  { used, limit }: MemberOutcome,
): BillingError {
  const { feature, quantity, member } = entry;
  // Where the app said how many they may use, no plan says otherwise.
  const isByPlan = member?.limit === limit;
  const unlocks = isByPlan ? unlocksForMembers(catalog, access, feature, used + quantity) : [];
  const upgradeTo = unlocks.flatMap((one) => (one.kind === "plan" ? one.planId : []))[0] ?? null;
  const { resetsAt = null } = access;
  return new BillingError("limit_reached", "This member has used all that they may in this period.", {
    details: {
      ...{ feature, reason: "limit_reached", limitOf: "member", memberId: member?.id ?? null, upgradeTo },
      ...{ limit: limit ?? 0, used, held: 0, quantity, remaining: usesLeft(limit, used), resetsAt, unlocks },
    },
  });
}

/** The plans that grant the customer more, and each member enough. */
export function unlocksForMembers(
  catalog: Catalog,
  { unlocks = [] }: FeatureAccess,
  feature: string,
  wanted: number,
): readonly AccessUnlock[] {
  return unlocks.filter((one) => {
    if (one.kind !== "plan") return false;
    const own = memberLimitUnder(catalog, one.planId, feature, one.limit);
    return (own === null || own >= wanted) && (one.limit === null || one.limit >= wanted);
  });
}
