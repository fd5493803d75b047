import type { CreditsGrant } from "../language/credits.js";
import {
  type CreditsState,
  type CreditsStep,
  changeGrants,
  freeOf,
  lookUp,
  note,
  sumOf,
} from "./credits-state.js";
import { changeDebt, grantKey, noteReclaimed } from "./decide-credits-grant.js";
import { expireGrants } from "./settle-due.js";
import { takeCredits } from "./take-credits.js";

/** How many of a grant are to be taken back. */
export interface ReclaimWish {
  readonly grantId: string;
  /** How many of it are to have been taken back in all, whatever was taken before. */
  readonly total: number;
  readonly reason: string | null;
  /** Whether what has been used is owed; if not, it is forgiven. */
  readonly owing: boolean;
}

/** What was taken back. */
export interface ReclaimResult {
  /** How many were taken just now; below 0: so many were given back. */
  readonly taken: number;
  /** What is owed on account of the grant now. */
  readonly owed: number;
}

/**
 * Takes back what of a grant was not paid for in the end: the difference to what was taken before, so that however often
 * it is told, and in whatever steps, it happens once. Never more than is free of that grant: the rest is owed. Where less
 * is to be taken than was, the difference is given back.
 *
 * @example
 * function takeAll(state: CreditsState, { id: grantId, amount: total }: CreditsGrant): CreditsState {
 *   return decideReclaim(state, { grantId, total, reason: "refunded", owing: true }).state;
 * }
 */
export function decideReclaim(state: CreditsState, wish: ReclaimWish): CreditsStep<ReclaimResult> {
  const { grantId, total } = wish;
  const owed = debtOf(state, grantId);
  const before = (lookUp(state.reclaimed, grantId) ?? 0) + owed;
  if (total === before) return { state, result: { taken: 0, owed } };
  return total > before ? takeBack(state, wish, total - before) : giveBack(state, wish, before - total);
}

function debtOf({ account }: CreditsState, grantId: string): number {
  return account.debts.find((one) => one.grantId === grantId)?.amount ?? 0;
}

function takeBack(
  state: CreditsState,
  { grantId, reason, owing }: ReclaimWish,
  amount: number,
): CreditsStep<ReclaimResult> {
  const grant = state.account.grants.find(({ id }) => id === grantId);
  const taken = Math.min(amount, grant === undefined ? 0 : freeOf(grant));
  const indebted = owing ? changeDebt(state, grantId, amount - taken) : state;
  const parts = [{ grantId, amount: taken }];
  const after = taken === 0 ? indebted : takeParts(indebted, { parts, grantId, reason });
  return { state: after, result: { taken, owed: debtOf(after, grantId) } };
}

function giveBack(
  state: CreditsState,
  { grantId, reason }: ReclaimWish,
  amount: number,
): CreditsStep<ReclaimResult> {
  const forgiven = Math.min(amount, debtOf(state, grantId));
  const settled = changeDebt(state, grantId, -forgiven);
  const given = amount - forgiven;
  const made = lookUp(state.known, grantKey(grantId))?.grant;
  const owed = debtOf(settled, grantId);
  if (given === 0 || made === undefined) return { state: settled, result: { taken: 0, owed } };
  const parts = [{ grantId, amount: given }];
  const reopened = changeGrants(reopen(settled, made), parts, { left: 1, held: 0 });
  const noted = note(noteReclaimed(reopened, grantId, -given), {
    ...{ kind: "given_back", amount: given, parts, grantId, reason },
  } as const);
  return { state: expireGrants(noted), result: { taken: -given, owed } };
}

function reopen(state: CreditsState, made: CreditsGrant): CreditsState {
  const { grants } = state.account;
  if (grants.some(({ id }) => id === made.id)) return state;
  return { ...state, account: { ...state.account, grants: [...grants, { ...made, left: 0, held: 0 }] } };
}

function takeParts(
  state: CreditsState,
  line: {
    readonly parts: readonly { readonly grantId: string; readonly amount: number }[];
    readonly grantId: string | null;
    readonly reason: string | null;
    readonly key?: string;
  },
): CreditsState {
  const amount = sumOf(line.parts);
  const without = changeGrants(state, line.parts, { left: -1, held: 0 });
  const counted = line.grantId === null ? without : noteReclaimed(without, line.grantId, amount);
  return expireGrants(note(counted, { ...line, kind: "taken_back", amount: -amount }));
}

/** What is to be taken back by hand. */
export interface RevokeWish {
  /** `null`: of all grants, in the order in which they would be used. */
  readonly grantId: string | null;
  /** `null`: all that are free. */
  readonly amount: number | null;
  readonly reason: string;
  /** Names it. */
  readonly key: string;
}

/**
 * Takes back by hand, at most what is free.
 *
 * @example
 * function takeFree(state: CreditsState): number {
 *   const wish = { grantId: null, amount: null, reason: "Granted twice", key: "revoke:1" };
 *   return decideRevoke(state, wish).result.amount;
 * }
 */
export function decideRevoke(
  state: CreditsState,
  { grantId, amount, reason, key }: RevokeWish,
): CreditsStep<{ readonly kind: "revoked" | "duplicate"; readonly amount: number }> {
  const before = lookUp(state.known, key);
  if (before !== undefined) return { state, result: { kind: "duplicate", amount: -before.amount } };
  const { grants } = state.account;
  const meant = grantId === null ? grants : grants.filter(({ id }) => id === grantId);
  const parts = takeCredits(meant, amount ?? Number.POSITIVE_INFINITY);
  const taken = sumOf(parts);
  if (taken === 0) return { state, result: { kind: "revoked", amount: 0 } };
  return {
    state: takeParts(state, { parts, grantId: null, reason, key }),
    result: { kind: "revoked", amount: taken },
  };
}
