import type { IsoTime } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** How far the store may be from the provider without anybody knowing. */
export interface DriftHealth {
  /** When the latest comparison of everything, or of all that had changed, began; `null`: there was none. */
  readonly comparedAt: IsoTime | null;
  /** How old a difference can be at most that nothing has found yet, in seconds; `null`: of any age. */
  readonly oldestUndetectedSeconds: number | null;
  /** How many differences that comparison found, and repaired. */
  readonly found: number;
  readonly repaired: number;
}

/** Those of one customer alone say nothing of the others. */
const latest = 50;

/** For each provider, by its id. */
export async function readDrift({
  store,
  providers,
  clock,
}: Pick<BillingContext, "store" | "providers" | "clock">): Promise<Readonly<Record<string, DriftHealth>>> {
  const all = providers.ids.map(async (id): Promise<readonly [string, DriftHealth]> => {
    const runs = await store.listFinishedReconciles(id, latest);
    const run = runs.find(({ scope }) => !scope.includes("customer:"));
    if (run === undefined)
      return [id, { comparedAt: null, oldestUndetectedSeconds: null, found: 0, repaired: 0 }];
    const { startedAt: comparedAt, found, repaired } = run;
    const age = Math.max(0, Math.round((clock().getTime() - Date.parse(comparedAt)) / 1000));
    return [id, { comparedAt, oldestUndetectedSeconds: age, found, repaired }];
  });
  return Object.fromEntries(await Promise.all(all));
}
