import type { IsoTime } from "../language/time.js";
import type { ReconcileRun } from "../ports/store/reconciliations.js";

/**
 * Up to which moment everything was compared and repaired, by the runs that finished: a full one covers everything
 * before its beginning, and one with `since` continues from there if it reaches back that far. `null`: nothing was, so
 * the next run has to be a full one.
 *
 * @example
 * decideCoverage([]); // null
 */
export function decideCoverage(
  runs: readonly Pick<ReconcileRun, "scope" | "repair" | "startedAt" | "finishedAt">[],
): IsoTime | null {
  const repairing = runs.filter(({ repair, finishedAt }) => repair && finishedAt !== null);
  const inOrder = repairing.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
  let covered: IsoTime | null = null;
  for (const { scope, startedAt } of inOrder) {
    const since = /^since:(.+)$/.exec(scope)?.[1];
    if (scope === "full") covered = startedAt;
    else if (since !== undefined && covered !== null && since <= covered) covered = startedAt;
  }
  return covered;
}
