import type { CreditsGrant } from "../language/credits.js";
import type { IsoTime } from "../language/time.js";
import { type CreditsState, type CreditsStep, changeGrants, lookUp, note } from "./credits-state.js";
import { expireGrants } from "./settle-due.js";

/** Credits that are to be granted. */
export interface CreditsGrantWish
  extends Pick<CreditsGrant, "id" | "source" | "amount" | "priority" | "carries"> {
  readonly expiresAt: IsoTime | null;
  readonly reason: string | null;
}

/** What became of a wish to grant credits. */
export interface CreditsGrantResult {
  readonly kind: "granted" | "duplicate";
  /** As it was made. */
  readonly grant: CreditsGrant;
}

/**
 * The key of the ledger's line about a grant that was made.
 *
 * @example
 * grantKey("hand:welcome"); // "grant:hand:welcome"
 */
export function grantKey(grantId: string): string {
  return `grant:${grantId}`;
}

/**
 * Grants credits, once for each id. What was to be taken back from earlier grants, and had been used, is paid by those of
 * plans and products; what is given by hand is for the customer.
 *
 * @example
 * function welcome(state: CreditsState): CreditsState {
 *   const terms = { amount: 100, priority: 50, expiresAt: null, reason: "Welcome" };
 *   return decideCreditsGrant(state, { id: "hand:welcome", source: { kind: "hand" }, ...terms }).state;
 * }
 */
export function decideCreditsGrant(
  state: CreditsState,
  wish: CreditsGrantWish,
): CreditsStep<CreditsGrantResult> {
  const key = grantKey(wish.id);
  const made = lookUp(state.known, key)?.grant;
  if (made !== undefined) return { state, result: { kind: "duplicate", grant: made } };
  const { reason, ...terms } = wish;
  const grant: CreditsGrant = { ...terms, left: wish.amount, held: 0, grantedAt: state.now };
  const { grants } = state.account;
  const account = { ...state.account, grants: [...grants, grant] };
  const parts = [{ grantId: grant.id, amount: grant.amount }];
  const granted = note(
    { ...state, account },
    { kind: "granted", amount: grant.amount, parts, grantId: grant.id, reason, key, grant },
  );
  const paid = grant.source.kind === "hand" ? granted : payDebts(granted, grant.id);
  return { state: expireGrants(paid), result: { kind: "granted", grant } };
}

function payDebts(state: CreditsState, grantId: string): CreditsState {
  let paid = state;
  for (const debt of state.account.debts) {
    const grant = paid.account.grants.find(({ id }) => id === grantId);
    const amount = Math.min(debt.amount, grant?.left ?? 0);
    if (amount === 0) break;
    const parts = [{ grantId, amount }];
    paid = noteReclaimed(changeGrants(paid, parts, { left: -1, held: 0 }), debt.grantId, amount);
    paid = changeDebt(paid, debt.grantId, -amount);
    paid = note(paid, { kind: "taken_back", amount: -amount, parts, grantId: debt.grantId });
  }
  return paid;
}

/** Remembers that so many more were taken back on account of a grant; fewer, below 0. */
export function noteReclaimed(state: CreditsState, grantId: string, amount: number): CreditsState {
  const before = lookUp(state.reclaimed, grantId) ?? 0;
  return { ...state, reclaimed: { ...state.reclaimed, [grantId]: before + amount } };
}

/** What is owed on account of a grant grows by so many; shrinks, below 0. */
export function changeDebt(state: CreditsState, grantId: string, by: number): CreditsState {
  const { debts } = state.account;
  const owed = debts.find((one) => one.grantId === grantId)?.amount ?? 0;
  const others = debts.filter((one) => one.grantId !== grantId);
  const left = owed + by;
  const after = left > 0 ? [...others, { grantId, amount: left }] : others;
  return { ...state, account: { ...state.account, debts: after } };
}
