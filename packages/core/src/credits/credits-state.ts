import type {
  CreditsAccount,
  CreditsEntry,
  CreditsGrant,
  CreditsHold,
  CreditsPart,
} from "../language/credits.js";
import type { IsoTime } from "../language/time.js";

/** What is known of a customer's credits of one kind, and what decisions have added to it. */
export interface CreditsState {
  readonly now: IsoTime;
  readonly account: CreditsAccount;
  /** The holds that were asked for, and those that are over, by their ids. */
  readonly holds: Readonly<Record<string, CreditsHold>>;
  /** Lines of the ledger that were asked for, by their keys. */
  readonly known: Readonly<Record<string, CreditsEntry>>;
  /** How many were taken back so far on account of a grant, by its id. */
  readonly reclaimed: Readonly<Record<string, number>>;
  /** To be added to the ledger. */
  readonly added: readonly CreditsEntry[];
  /** To be written, by their ids. */
  readonly written: Readonly<Record<string, CreditsHold>>;
}

/** What a decision came to, and what is true after it. */
export interface CreditsStep<R> {
  readonly state: CreditsState;
  readonly result: R;
}

/** What somebody has who was never granted anything. */
export const emptyCredits: CreditsAccount = { grants: [], debts: [] };

/** How many of a grant can be used or reserved. */
export function freeOf({ left, held }: CreditsGrant): number {
  return left - held;
}

export function sumOf(parts: readonly { readonly amount: number }[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * How many can be used or reserved now, of an account in which everything due is settled.
 *
 * @example
 * availableIn(emptyCredits); // 0
 */
export function availableIn({ grants }: CreditsAccount): number {
  return grants.reduce((sum, grant) => sum + freeOf(grant), 0);
}

export function balanceOf({ grants }: CreditsAccount): number {
  return grants.reduce((sum, { left }) => sum + left, 0);
}

/** Adds to what is left of grants and to what is held of them; numbers below 0 take away. */
export function changeGrants(
  state: CreditsState,
  parts: readonly CreditsPart[],
  by: { readonly left: -1 | 0 | 1; readonly held: -1 | 0 | 1 },
): CreditsState {
  const grants = state.account.grants.map((grant) => {
    const amount = sumOf(parts.filter(({ grantId }) => grantId === grant.id));
    if (amount === 0) return grant;
    return { ...grant, left: grant.left + by.left * amount, held: grant.held + by.held * amount };
  });
  return { ...state, account: { ...state.account, grants } };
}

/** Adds a line to the ledger, about what `state` has already done. */
export function note(
  state: CreditsState,
  line: Pick<CreditsEntry, "kind" | "amount" | "parts"> &
    Partial<Pick<CreditsEntry, "grantId" | "reason" | "key" | "grant">>,
): CreditsState {
  const balance = balanceOf(state.account);
  const entry: CreditsEntry = {
    ...{ grantId: null, reason: null, key: null },
    ...line,
    ...{ balance, at: state.now },
  };
  const known = entry.key === null ? state.known : { ...state.known, [entry.key]: entry };
  return { ...state, known, added: [...state.added, entry] };
}

export function writeHold(state: CreditsState, hold: CreditsHold): CreditsState {
  return {
    ...state,
    holds: { ...state.holds, [hold.id]: hold },
    written: { ...state.written, [hold.id]: hold },
  };
}

export function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/**
 * What is stored, as decisions begin with it: `settleDue` comes first.
 *
 * @example
 * const stored = { account: emptyCredits, holds: [], entries: [], reclaimed: {} };
 * const state = settleDue(openCredits(stored, new Date()));
 */
export function openCredits(
  stored: {
    readonly account: CreditsAccount;
    readonly holds: readonly CreditsHold[];
    readonly entries: readonly CreditsEntry[];
    readonly reclaimed: Readonly<Record<string, number>>;
  },
  now: Date,
): CreditsState {
  return {
    now: now.toISOString(),
    account: stored.account,
    holds: Object.fromEntries(stored.holds.map((hold) => [hold.id, hold])),
    known: Object.fromEntries(
      stored.entries.flatMap((entry) => (entry.key === null ? [] : [[entry.key, entry]])),
    ),
    reclaimed: stored.reclaimed,
    added: [],
    written: {},
  };
}
