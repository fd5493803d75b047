import type { Callback } from "../language/callback.js";

/**
 * What the app is told of a balance that changed: that it is low, once each time that it falls to the line that the
 * catalog draws.
 *
 * @param change.revision of what was left: a stored state is left once
 * @example
 * const of = { customerId: "org_1", credit: "tokens", revision: "7", lowAt: 100 };
 * tellCredits({ ...of, before: 120, available: 80 })[0]?.type; // "credits.low"
 */
export function tellCredits(change: {
  readonly customerId: string;
  readonly credit: string;
  readonly revision: string | null;
  readonly before: number;
  readonly available: number;
  /** `undefined`: the catalog draws none. */
  readonly lowAt: number | undefined;
}): readonly Callback[] {
  const { customerId, credit, revision, before, available, lowAt } = change;
  if (lowAt === undefined || before <= lowAt || available > lowAt) return [];
  const id = `${customerId}:${credit}:credits.low:${revision ?? "first"}`;
  return [{ id, type: "credits.low", data: { customerId, credit, available, lowAt } }];
}
