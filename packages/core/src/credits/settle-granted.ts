import { availableIn, type CreditsState, sumOf } from "./credits-state.js";
import { decideCreditsGrant } from "./decide-credits-grant.js";
import type { DueCredits } from "./decide-due-credits.js";
import { decideReclaim } from "./decide-reclaim.js";
import { settleDue } from "./settle-due.js";

/**
 * Grants what there should be, and takes back what should be gone.
 *
 * @example
 * function settle(state: CreditsState, facts: CreditsFacts): CreditsState {
 *   return settleGranted(state, decideDueCredits(facts, state.account));
 * }
 */
export function settleGranted(state: CreditsState, { grants, reclaims }: DueCredits): CreditsState {
  const reclaimed = reclaims.reduce((before, wish) => decideReclaim(before, wish).state, state);
  return grants.reduce((before, wish) => decideCreditsGrant(before, wish).state, reclaimed);
}

/** What becomes of one of the catalog's credits by a change, if nothing of it is used until then. */
export interface CreditsForesight {
  /** How many can be used before it. */
  readonly available: number;
  /** How many of them go: they belong to the plan that is left, and neither roll over nor were bought. */
  readonly goes: number;
  /** How many come with it. */
  readonly granted: number;
  /** How many can be used after it. */
  readonly after: number;
  /** How many are owed after it. */
  readonly owed: number;
}

/**
 * What a change does to an account, by the same decisions that are made once it has happened.
 *
 * @param at when it happens: what expires until then is gone
 * @param due what there should be once it has happened, decided from an account that is settled by then
 * @example
 * function isLoss(state: CreditsState, facts: CreditsFacts): boolean {
 *   const { available, after } = foreseeCredits(state, facts.now, (settled) => decideDueCredits(facts, settled.account));
 *   return after < available;
 * }
 */
export function foreseeCredits(
  state: CreditsState,
  at: Date,
  due: (state: CreditsState) => DueCredits,
): CreditsForesight {
  const available = availableIn(state.account);
  const then = settleDue({ ...state, now: at.toISOString(), added: [] });
  const { account, added } = settleGranted(then, due(then));
  const granted = sumOf(added.filter(({ kind }) => kind === "granted" || kind === "given_back"));
  const after = availableIn(account);
  return { available, goes: available + granted - after, granted, after, owed: sumOf(account.debts) };
}
