import type { CreditsGrant, CreditsPart, CreditsSource } from "../language/credits.js";
import { freeOf } from "./credits-state.js";

/** What was bought lasts longest. */
const ranks = { plan: 0, hand: 1, purchase: 2, top_up: 2 } as const satisfies Record<
  CreditsSource["kind"],
  number
>;

/** The order in which grants are used up: by priority, what expires soonest, then the oldest. */
export function byUse(a: CreditsGrant, b: CreditsGrant): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.expiresAt !== b.expiresAt) {
    if (a.expiresAt === null) return 1;
    if (b.expiresAt === null) return -1;
    return a.expiresAt < b.expiresAt ? -1 : 1;
  }
  const rank = ranks[a.source.kind] - ranks[b.source.kind];
  if (rank !== 0) return rank;
  if (a.grantedAt !== b.grantedAt) return a.grantedAt < b.grantedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Of which grants so many are taken, at most as many as are free. */
export function takeCredits(grants: readonly CreditsGrant[], amount: number): readonly CreditsPart[] {
  const parts: CreditsPart[] = [];
  let wanted = amount;
  for (const grant of grants.toSorted(byUse)) {
    const taken = Math.min(wanted, freeOf(grant));
    if (taken <= 0) continue;
    parts.push({ grantId: grant.id, amount: taken });
    wanted -= taken;
  }
  return parts;
}

/** The first so many of what was taken, and the rest of it. */
export function splitParts(
  parts: readonly CreditsPart[],
  amount: number,
): { readonly first: readonly CreditsPart[]; readonly rest: readonly CreditsPart[] } {
  const first: CreditsPart[] = [];
  const rest: CreditsPart[] = [];
  let wanted = amount;
  for (const part of parts) {
    const taken = Math.min(wanted, part.amount);
    wanted -= taken;
    if (taken > 0) first.push({ ...part, amount: taken });
    if (taken < part.amount) rest.push({ ...part, amount: part.amount - taken });
  }
  return { first, rest };
}
