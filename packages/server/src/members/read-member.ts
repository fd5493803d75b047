import { decideUsage, type IsoTime, type MemberOf } from "@tollgate/core";
import { usesLeft } from "../usage/member-use.js";
import { readUsageFacts, type UsageContext } from "../usage/read-usage-facts.js";

/** What a member used of a metered feature in the current period. */
export interface MemberReading {
  readonly used: number;
  /** How many they may use: their own limit, or the plan's; `null`: as many as their customer. */
  readonly limit: number | null;
  /** How many they can use now: of their own, and no more than their customer has left; `null`: any number. */
  readonly remaining: number | null;
  readonly startsAt: IsoTime;
  /** When the count starts again; `null`: never. */
  readonly endsAt: IsoTime | null;
}

/** By metered feature. */
export async function readMember(
  context: UsageContext,
  { customerId, memberId }: MemberOf,
): Promise<Readonly<Record<string, MemberReading>>> {
  const facts = await readUsageFacts(context, customerId);
  const metered = Object.entries(context.catalog.features).filter(([, { type }]) => type === "metered");
  const decided = metered.map(([feature]) => ({ feature, ...decideUsage(facts, feature) }));
  const periods = decided.map(({ feature, period }) => ({ feature, startsAt: period.startsAt }));
  const { used, limits } = await context.store.readMemberUse({ customerId, memberId, periods });
  return Object.fromEntries(
    decided.map(({ feature, period, remaining, memberLimit }) => {
      const own = used[feature] ?? 0;
      const limit = Object.hasOwn(limits, feature) ? (limits[feature] ?? null) : memberLimit;
      const left = usesLeft(limit, own);
      const both = left === null ? remaining : Math.min(left, remaining ?? left);
      return [feature, { used: own, limit, remaining: both, ...period }];
    }),
  );
}
