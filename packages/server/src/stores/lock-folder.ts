import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { BillingError } from "@tollgate/core";
import { lock } from "proper-lockfile";

/** A holder shows that it lives by touching the lock this often. In milliseconds. */
const heartbeatMs = 1_000;
/** A lock untouched for this long is what a killed process left. In milliseconds. */
const staleMs = 10_000;
const retryMs = 250;

/**
 * Takes `<folder>.lock`, and releases it when told to or when the process ends. A living holder is
 * refused as soon as it shows itself; what a killed process left is taken over once it is stale.
 *
 * @throws BillingError `store_unavailable` when another process holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  let seen: number | undefined;
  for (;;) {
    try {
      return await lock(folder, {
        stale: staleMs,
        update: heartbeatMs,
        realpath: false,
        // The default throws out of a timer, which ends the process. Somebody removed the lock by hand.
        onCompromised: () => undefined,
      });
    } catch (error) {
      if (!isHeld(error)) throw error;
      const touched = await lastTouch(folder);
      if (seen !== undefined && touched !== undefined && touched !== seen) throw inUse(error);
      seen = touched ?? seen;
      await sleep(retryMs);
    }
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ELOCKED";
}

async function lastTouch(folder: string): Promise<number | undefined> {
  return stat(`${folder}.lock`).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

function inUse(cause: unknown): BillingError {
  return new BillingError(
    "store_unavailable",
    "Another process has the billing data folder open. An embedded store serves one process at a time: stop the other one, give each its own folder, or use Postgres.",
    { cause },
  );
}
