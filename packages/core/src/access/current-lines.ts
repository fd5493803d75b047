import { type PlanLine, planLinesOf } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import { type Standing, standingOf } from "./standing.js";

/** A plan that is subscribed to, with what the subscription grants of it now. */
export interface StandingLine {
  readonly subscription: Subscription;
  readonly line: PlanLine;
  readonly standing: Standing;
}

/**
 * The plans of the one subscription of each group that counts: one that grants its plans before one that doesn't, a
 * sound one before a broken one before an ended one; among equals the one that started last, then the one whose id
 * comes first. If one subscription has two plans of one group, both count, because both are paid for; the first of them
 * comes first.
 */
export function currentLines(
  subscriptions: readonly Subscription[],
  graceDays: number,
  now: Date,
): readonly StandingLine[] {
  const best = new Map<string, readonly [StandingLine, ...StandingLine[]]>();
  for (const subscription of subscriptions) {
    const standing = standingOf(subscription, graceDays, now);
    for (const line of planLinesOf(subscription)) {
      const candidate = { subscription, line, standing };
      const chosen = best.get(line.group);
      if (chosen?.[0].subscription === subscription) best.set(line.group, [...chosen, candidate]);
      else if (chosen === undefined || outranks(candidate, chosen[0])) best.set(line.group, [candidate]);
    }
  }
  return [...best.values()].flat();
}

const rank = { active: 0, trialing: 0, past_due: 1, unpaid: 2, paused: 2, incomplete: 3, ended: 4 } as const;

function outranks(a: StandingLine, b: StandingLine): boolean {
  if (a.standing.grants !== b.standing.grants) return a.standing.grants;
  const [rankA, rankB] = [rank[a.subscription.status], rank[b.subscription.status]];
  if (rankA !== rankB) return rankA < rankB;
  const { startedAt, id } = a.subscription;
  return startedAt === b.subscription.startedAt
    ? id < b.subscription.id
    : startedAt > b.subscription.startedAt;
}
