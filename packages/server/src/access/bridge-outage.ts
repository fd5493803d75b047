import { type AccessState, BillingError, type Catalog, type Clock, decideOutage } from "@tollgate/core";
import type { OutageRules } from "./access-options.js";
import { type DecidedAccess, toDecidedAccess } from "./decided-access.js";

/** A store that has not answered after this long counts as out of reach. In milliseconds. */
const patienceMs = 2_000;

/** What was read, or, when the store is out of reach, what the app's policy says about that. */
export async function bridgeOutage(input: {
  readonly reading: Promise<DecidedAccess>;
  readonly catalog: Catalog;
  readonly rules: OutageRules;
  readonly customerId: string;
  readonly now: Clock;
  /** What would follow now from what was last read; `null` when that is nothing, or too old. */
  readonly lastKnown: (now: Date) => AccessState | null;
}): Promise<DecidedAccess> {
  const { reading, catalog, rules: policies, customerId } = input;
  const read = await withPatience(reading);
  if (read !== "out_of_reach") return read;
  const now = input.now();
  const customer = { id: customerId, canManage: true };
  const state = decideOutage({ catalog, policies, customer, lastKnown: input.lastKnown(now), now });
  return toDecidedAccess(state, null, null);
}

function withPatience(reading: Promise<DecidedAccess>): Promise<DecidedAccess | "out_of_reach"> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve("out_of_reach"), patienceMs);
    reading
      .then(resolve, (error: unknown) => {
        const outOfReach = error instanceof BillingError && error.code === "store_unavailable";
        if (outOfReach) resolve("out_of_reach");
        else reject(error);
      })
      .finally(() => clearTimeout(timer));
  });
}
