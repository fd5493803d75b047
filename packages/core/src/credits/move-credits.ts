import type { CreditsAccount, CreditsEntry, CreditsGrant } from "../language/credits.js";
import type { IsoTime } from "../language/time.js";
import { balanceOf, freeOf } from "./credits-state.js";
import { grantKey } from "./decide-credits-grant.js";

/** Two customers' accounts of one credit. */
export interface CreditsPair<T> {
  readonly from: T;
  readonly to: T;
}

/** An account after a move, and the lines that say so. */
export interface MovedCredits {
  readonly account: CreditsAccount;
  readonly entries: readonly CreditsEntry[];
}

/**
 * What plans granted goes along with a subscription that is given to another customer: what is free of it, and that it
 * was granted at all. What somebody has reserved stays with them.
 *
 * @param isMoved whether a grant comes from such a subscription
 * @returns `null`: nothing moves
 * @example
 * const nothing = { grants: [], debts: [] };
 * moveCredits({ from: nothing, to: nothing }, () => true, "2026-03-01T00:00:00.000Z"); // null
 */
export function moveCredits(
  accounts: CreditsPair<CreditsAccount>,
  isMoved: (grant: CreditsGrant) => boolean,
  at: IsoTime,
): CreditsPair<MovedCredits> | null {
  const moved = accounts.from.grants.filter(isMoved);
  if (moved.length === 0) return null;
  let from: MovedCredits = { account: accounts.from, entries: [] };
  let to: MovedCredits = { account: accounts.to, entries: [] };
  for (const grant of moved) {
    const others = from.account.grants.filter(({ id }) => id !== grant.id);
    const kept = grant.held > 0 ? [{ ...grant, left: grant.held }] : [];
    from = withMoved(from, [...others, ...kept], grant, { amount: -freeOf(grant), at });
    const taken = { ...grant, left: freeOf(grant), held: 0 };
    to = withMoved(to, [...to.account.grants, taken], grant, { amount: freeOf(grant), at, grant: taken });
  }
  return { from, to };
}

function withMoved(
  { account, entries }: MovedCredits,
  grants: readonly CreditsGrant[],
  { id }: CreditsGrant,
  line: { readonly amount: number; readonly at: IsoTime; readonly grant?: CreditsGrant },
): MovedCredits {
  const after = { ...account, grants };
  const entry: CreditsEntry = {
    ...{ kind: "moved", balance: balanceOf(after), grantId: id, reason: null },
    parts: [{ grantId: id, amount: Math.abs(line.amount) }],
    key: line.grant === undefined ? null : grantKey(id),
    ...line,
  };
  return { account: after, entries: [...entries, entry] };
}
