import type { CreditsGrant, CreditsHold } from "../language/credits.js";
import { type CreditsState, changeGrants, freeOf, note, writeHold } from "./credits-state.js";

/**
 * Releases the holds that are over and books what has expired: at most what is free of those very grants. What is held
 * of a grant that has expired stays for whoever holds it, and expires when they release it.
 *
 * @example
 * function isLapsed(state: CreditsState, holdId: string): boolean {
 *   return settleDue(state).holds[holdId]?.state === "expired";
 * }
 */
export function settleDue(state: CreditsState): CreditsState {
  const over = Object.values(state.holds).filter(
    (hold) => hold.state === "open" && hold.expiresAt <= state.now,
  );
  const released = over.reduce((before, hold) => endHold(before, hold, "expired"), state);
  return expireGrants(released);
}

/** Frees what a hold has. */
export function endHold(state: CreditsState, hold: CreditsHold, as: "released" | "expired"): CreditsState {
  const freed = changeGrants(state, hold.parts, { left: 0, held: -1 });
  return writeHold(freed, { ...hold, state: as, settledAt: state.now });
}

/** Books what has expired, and forgets grants of which nothing is left. */
export function expireGrants(state: CreditsState): CreditsState {
  const due = state.account.grants
    .filter((grant) => hasExpired(grant, state.now) && (freeOf(grant) > 0 || grant.carries !== undefined))
    .toSorted((a, b) => ((a.expiresAt ?? "") < (b.expiresAt ?? "") ? -1 : 1));
  const expired = due.reduce((before, { id }) => {
    const grant = before.account.grants.find((one) => one.id === id);
    if (grant === undefined) return before;
    return grant.carries === undefined ? expire(before, grant, freeOf(grant)) : carryOver(before, grant);
  }, state);
  return forgetSpent(expired);
}

function hasExpired({ expiresAt }: CreditsGrant, now: string): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function expire(state: CreditsState, { id }: CreditsGrant, amount: number): CreditsState {
  if (amount <= 0) return state;
  const parts = [{ grantId: id, amount }];
  const without = changeGrants(state, parts, { left: -1, held: 0 });
  return note(without, { kind: "expired", amount: -amount, parts, grantId: id });
}

/** The newest are kept, as many as may be carried, together with what was carried before. */
function carryOver(state: CreditsState, ended: CreditsGrant): CreditsState {
  const { source } = ended;
  if (source.kind !== "plan") return state;
  const isCarried = (grant: CreditsGrant) =>
    grant.source.kind === "plan" &&
    grant.source.provider === source.provider &&
    grant.source.subscriptionId === source.subscriptionId &&
    grant.carries !== undefined &&
    grant.expiresAt === null;
  const before = state.account.grants.filter(isCarried);
  const newest = before.toSorted((a, b) => (a.grantedAt < b.grantedAt ? 1 : -1));
  let room = ended.carries ?? 0;
  let settled = state;
  for (const grant of [ended, ...newest]) {
    const kept = Math.min(room, freeOf(grant));
    room -= kept;
    settled = expire(settled, grant, freeOf(grant) - kept);
  }
  const grants = settled.account.grants.map((one) =>
    one.id === ended.id ? { ...one, expiresAt: null } : one,
  );
  return { ...settled, account: { ...settled.account, grants } };
}

/** A plan's is remembered until its period is over, so that it is known to have been granted. */
function forgetSpent(state: CreditsState): CreditsState {
  const isOpen = ({ left, source }: CreditsGrant) =>
    left > 0 || (source.kind === "plan" && source.period.end > state.now);
  if (state.account.grants.every(isOpen)) return state;
  return { ...state, account: { ...state.account, grants: state.account.grants.filter(isOpen) } };
}
