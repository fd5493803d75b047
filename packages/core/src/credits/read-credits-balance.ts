import type { CreditsAccount, CreditsGrant, CreditsSummary } from "../language/credits.js";
import type { IsoTime } from "../language/time.js";
import { availableIn, freeOf, sumOf } from "./credits-state.js";
import { isUnderWay } from "./decide-top-up.js";
import { byUse } from "./take-credits.js";

/** What a customer has of one of the catalog's credits now, and of which grants. */
export interface CreditsBalance extends CreditsSummary {
  /** Of which something is left, in the order in which they are used. */
  readonly grants: readonly CreditsGrant[];
}

/**
 * A balance as it is shown, of an account in which everything due is settled.
 *
 * @example
 * readCreditsBalance(emptyCredits).available; // 0
 */
export function readCreditsBalance(account: CreditsAccount): CreditsBalance {
  const grants = account.grants.filter(({ left }) => left > 0).toSorted(byUse);
  return {
    available: availableIn(account),
    held: grants.reduce((sum, { held }) => sum + held, 0),
    owed: sumOf(account.debts),
    expiring: expiringOf(grants),
    grants,
  };
}

function expiringOf(grants: readonly CreditsGrant[]): CreditsBalance["expiring"] {
  const free = grants.filter((grant) => freeOf(grant) > 0);
  const [at] = free.flatMap(({ expiresAt }) => expiresAt ?? []).sort();
  if (at === undefined) return null;
  const amount = free.filter(({ expiresAt }) => expiresAt === at).reduce((sum, one) => sum + freeOf(one), 0);
  return { amount, at };
}

/**
 * When something of an account is due to be settled; `null`: nothing is.
 *
 * @param now when it was settled: what a subscription grants next is looked for at the end of what it granted last
 * @example
 * creditsDueAt(emptyCredits, "2026-03-01T00:00:00.000Z"); // null
 */
export function creditsDueAt({ grants, topUp }: CreditsAccount, now: IsoTime): IsoTime | null {
  const due = grants.filter((grant) => freeOf(grant) > 0 || grant.carries !== undefined);
  const attempt = topUp?.attempt ?? null;
  const looks = attempt !== null && isUnderWay(attempt) ? [attempt.dueAt] : [];
  const next = grants.flatMap(({ source }) =>
    source.kind === "plan" && source.subscriptionId !== "" && source.period.end > now
      ? source.period.end
      : [],
  );
  return [...looks, ...next, ...due.flatMap(({ expiresAt }) => expiresAt ?? [])].sort()[0] ?? null;
}
