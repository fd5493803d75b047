import type { CreditsPart } from "../language/credits.js";
import {
  availableIn,
  type CreditsState,
  type CreditsStep,
  changeGrants,
  lookUp,
  note,
} from "./credits-state.js";
import { expireGrants } from "./settle-due.js";
import { takeCredits } from "./take-credits.js";

/** A use of credits. */
export interface CreditsUse {
  readonly amount: number;
  /** Names the use. */
  readonly key: string;
  readonly reason: string | null;
}

/** There are too few: nothing was taken. */
export interface CreditsShortage {
  readonly kind: "short";
  readonly available: number;
}

/** What became of a use. */
export type CreditsUseResult =
  | { readonly kind: "used"; readonly amount: number; readonly available: number }
  /** It was used before, under the same key. */
  | { readonly kind: "duplicate"; readonly amount: number; readonly available: number }
  | CreditsShortage;

/**
 * Uses credits at once, or none of them.
 *
 * @example
 * function canUse(state: CreditsState, amount: number): boolean {
 *   return decideCreditsUse(state, { amount, key: "use:job_1", reason: null }).result.kind !== "short";
 * }
 */
export function decideCreditsUse(state: CreditsState, use: CreditsUse): CreditsStep<CreditsUseResult> {
  const available = availableIn(state.account);
  const before = lookUp(state.known, use.key);
  if (before !== undefined) {
    return { state, result: { kind: "duplicate", amount: -before.amount, available } };
  }
  if (use.amount > available) return { state, result: { kind: "short", available } };
  const used = spendParts(state, takeCredits(state.account.grants, use.amount), use);
  return {
    state: used,
    result: { kind: "used", amount: use.amount, available: availableIn(used.account) },
  };
}

/** Takes these parts for good. */
export function spendParts(
  state: CreditsState,
  parts: readonly CreditsPart[],
  { amount, key, reason }: CreditsUse,
): CreditsState {
  const without = changeGrants(state, parts, { left: -1, held: 0 });
  return expireGrants(note(without, { kind: "used", amount: -amount, parts, key, reason }));
}
