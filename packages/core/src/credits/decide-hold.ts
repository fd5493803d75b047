import type { CreditsHold, CreditsPart } from "../language/credits.js";
import type { IsoTime } from "../language/time.js";
import {
  availableIn,
  type CreditsState,
  type CreditsStep,
  changeGrants,
  lookUp,
  writeHold,
} from "./credits-state.js";
import { type CreditsShortage, spendParts } from "./decide-credits-use.js";
import { endHold, expireGrants } from "./settle-due.js";
import { splitParts, takeCredits } from "./take-credits.js";

/** What is to be held, and until when. */
export interface ReserveWish {
  readonly holdId: string;
  readonly amount: number;
  readonly expiresAt: IsoTime;
}

/** What became of it. */
export type ReserveResult =
  | { readonly kind: "reserved"; readonly hold: CreditsHold; readonly available: number }
  /** It was reserved before, under the same id; whatever became of it since. */
  | { readonly kind: "duplicate"; readonly hold: CreditsHold; readonly available: number }
  | CreditsShortage;

/**
 * Holds credits for a while, or none of them.
 *
 * @example
 * function canHold(state: CreditsState, amount: number): boolean {
 *   const wish = { holdId: "job_1", amount, expiresAt: "2026-03-01T00:05:00.000Z" };
 *   return decideReserve(state, wish).result.kind !== "short";
 * }
 */
export function decideReserve(state: CreditsState, wish: ReserveWish): CreditsStep<ReserveResult> {
  const available = availableIn(state.account);
  const before = lookUp(state.holds, wish.holdId);
  if (before !== undefined) return { state, result: { kind: "duplicate", hold: before, available } };
  if (wish.amount > available) return { state, result: { kind: "short", available } };
  const hold: CreditsHold = {
    ...{ id: wish.holdId, amount: wish.amount, expiresAt: wish.expiresAt, createdAt: state.now },
    ...{ parts: takeCredits(state.account.grants, wish.amount), state: "open", used: null, settledAt: null },
  };
  const held = writeHold(changeGrants(state, hold.parts, { left: 0, held: 1 }), hold);
  return {
    state: held,
    result: { kind: "reserved", hold, available: available - wish.amount },
  };
}

/** What became of a hold that was to be committed. */
export type CommitResult =
  | { readonly kind: "committed"; readonly hold: CreditsHold; readonly available: number }
  /** It was committed before, with the same amount. */
  | { readonly kind: "duplicate"; readonly hold: CreditsHold; readonly available: number }
  /** It was released, has expired, or was committed with another amount. */
  | { readonly kind: "closed"; readonly hold: CreditsHold }
  | { readonly kind: "missing" }
  | CreditsShortage;

/** The key of the ledger's line about a hold that was committed. */
function holdKey(holdId: string): string {
  return `hold:${holdId}`;
}

/**
 * Uses so many of what is held, and frees the rest. What exceeds it is taken from what is free; where that is too little
 * nothing is taken, and it stays held.
 *
 * @example
 * function isSettled(state: CreditsState, holdId: string): boolean {
 *   return decideCommit(state, { holdId, amount: 0, reason: null }).result.kind !== "committed";
 * }
 */
export function decideCommit(
  state: CreditsState,
  {
    holdId,
    amount,
    reason,
  }: { readonly holdId: string; readonly amount: number; readonly reason: string | null },
): CreditsStep<CommitResult> {
  const hold = lookUp(state.holds, holdId);
  if (hold === undefined) return { state, result: { kind: "missing" } };
  const available = availableIn(state.account);
  if (hold.state === "committed" && hold.used === amount) {
    return { state, result: { kind: "duplicate", hold, available } };
  }
  if (hold.state !== "open") return { state, result: { kind: "closed", hold } };
  const beyond = Math.max(0, amount - hold.amount);
  if (beyond > available) return { state, result: { kind: "short", available } };
  const parts = joinParts([
    ...splitParts(hold.parts, amount).first,
    ...takeCredits(state.account.grants, beyond),
  ]);
  const freed = changeGrants(state, hold.parts, { left: 0, held: -1 });
  const used =
    amount > 0 ? spendParts(freed, parts, { amount, key: holdKey(holdId), reason }) : expireGrants(freed);
  const committed: CreditsHold = { ...hold, state: "committed", used: amount, settledAt: state.now };
  return {
    state: writeHold(used, committed),
    result: { kind: "committed", hold: committed, available: availableIn(used.account) },
  };
}

/** One for each grant. */
function joinParts(parts: readonly CreditsPart[]): readonly CreditsPart[] {
  const joined = new Map<string, number>();
  for (const { grantId, amount } of parts) joined.set(grantId, (joined.get(grantId) ?? 0) + amount);
  return [...joined].map(([grantId, amount]) => ({ grantId, amount }));
}

/** What became of a hold that was to be released. */
export type ReleaseResult =
  | { readonly kind: "released"; readonly available: number }
  /** It held nothing any more. */
  | { readonly kind: "closed"; readonly hold: CreditsHold; readonly available: number }
  | { readonly kind: "missing" };

/**
 * Frees what is held.
 *
 * @example
 * function release(state: CreditsState, holdId: string): CreditsState {
 *   return decideRelease(state, holdId).state;
 * }
 */
export function decideRelease(state: CreditsState, holdId: string): CreditsStep<ReleaseResult> {
  const hold = lookUp(state.holds, holdId);
  if (hold === undefined) return { state, result: { kind: "missing" } };
  if (hold.state !== "open") {
    return { state, result: { kind: "closed", hold, available: availableIn(state.account) } };
  }
  const released = expireGrants(endHold(state, hold, "released"));
  return { state: released, result: { kind: "released", available: availableIn(released.account) } };
}
