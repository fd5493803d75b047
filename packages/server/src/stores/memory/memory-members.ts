import type { MemberBooks, MemberOutcome, UsageEntry } from "@tollgate/core";
import { isBeingDeletedIn } from "./memory-deletions.js";
import type { MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

export function createMemoryMembers(state: MemoryState): MemberBooks {
  const { memberUsage, memberLimits } = state;
  return {
    async readMemberUse({ customerId, memberId, periods }) {
      const isOwn = (one: { readonly customerId: string; readonly memberId: string }) =>
        one.customerId === customerId && one.memberId === memberId;
      const counts = periods.flatMap(({ feature, startsAt }) => {
        const row = memberUsage.get(keyOf(customerId, memberId, feature, startsAt));
        return row === undefined ? [] : [[feature, row.used] as const];
      });
      const limits = memberLimits.all().filter(isOwn);
      return {
        used: Object.fromEntries(counts),
        limits: Object.fromEntries(limits.map(({ feature, limit }) => [feature, limit])),
      };
    },
    async saveMemberLimit({ customerId, memberId, feature, limit }) {
      if (isBeingDeletedIn(state, customerId)) return "overtaken";
      const key = keyOf(customerId, memberId, feature);
      if (limit === "plan") memberLimits.delete(key);
      else memberLimits.set(key, { customerId, memberId, feature, limit });
      state.changed([customerId]);
      return "saved";
    },
    async forgetMember({ customerId, memberId, counts }) {
      for (const table of counts ? [memberLimits, memberUsage] : [memberLimits])
        table.deleteWhere((one) => one.customerId === customerId && one.memberId === memberId);
      state.changed([customerId]);
    },
    async pruneMemberUse({ endedBefore, limit }) {
      const old = memberUsage.all().filter(({ endsAt }) => endsAt !== null && endsAt < endedBefore);
      const pruned = old.slice(0, limit);
      for (const row of pruned)
        memberUsage.delete(keyOf(row.customerId, row.memberId, row.feature, row.startsAt));
      return pruned.length;
    },
  };
}

/** What the member that an entry names has used and may; `undefined`: it names none. */
export function memberCountIn(
  { memberUsage, memberLimits }: MemoryState,
  { customerId, feature, period, member }: UsageEntry,
): MemberOutcome | undefined {
  if (member === undefined) return undefined;
  const own = memberLimits.get(keyOf(customerId, member.id, feature));
  const used = memberUsage.get(keyOf(customerId, member.id, feature, period.startsAt))?.used ?? 0;
  return { used, limit: own === undefined ? member.limit : own.limit };
}

export function addMemberUseIn(
  { memberUsage }: MemoryState,
  { customerId, feature, period, quantity, member }: UsageEntry,
): void {
  if (member === undefined) return;
  const { startsAt, endsAt } = period;
  const key = keyOf(customerId, member.id, feature, startsAt);
  const used = (memberUsage.get(key)?.used ?? 0) + quantity;
  memberUsage.set(key, { customerId, memberId: member.id, feature, used, startsAt, endsAt });
}

/** Members go with what their customer used; whoever has set a limit there is right. */
export function moveMembersIn({ memberUsage, memberLimits }: MemoryState, from: string, to: string): void {
  for (const row of memberUsage.all().filter(({ customerId }) => customerId === from)) {
    memberUsage.delete(keyOf(from, row.memberId, row.feature, row.startsAt));
    const key = keyOf(to, row.memberId, row.feature, row.startsAt);
    memberUsage.set(key, { ...row, customerId: to, used: row.used + (memberUsage.get(key)?.used ?? 0) });
  }
  for (const row of memberLimits.all().filter(({ customerId }) => customerId === from)) {
    memberLimits.delete(keyOf(from, row.memberId, row.feature));
    const key = keyOf(to, row.memberId, row.feature);
    if (memberLimits.get(key) === undefined) memberLimits.set(key, { ...row, customerId: to });
  }
}
