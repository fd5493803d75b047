import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { BillingError } from "@tollgate/core";
import { lock } from "proper-lockfile";

/** A holder shows that it is alive by touching the lock this often. In milliseconds. */
const heartbeatMs = 1_000;
/** A lock untouched for this long was left by a killed process. In milliseconds. */
const staleMs = 10_000;
const retryMs = 250;

/** A folder that no other process may open until it is released. */
export interface FolderLock {
  /**
   * Calls `observer` with the reason why the lock was lost, and again at each failed attempt to get it back; with
   * `null` once it is held again.
   *
   * @returns a function that ends this
   */
  observe(observer: (error: unknown) => void): () => void;
  release(): Promise<void>;
}

/**
 * Takes `<folder>.lock`, and releases it when told to or when the process ends. The folder is refused as soon as a
 * living holder shows itself; what a killed process left is taken over once it is stale. A lock that was removed by
 * hand is taken again, because the folder is still open here.
 *
 * @throws BillingError `store_unavailable` when another process holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const observers = new Set<(error: unknown) => void>();
  const tell = (error: unknown) => {
    for (const observer of observers) observer(error);
  };
  let unlock: (() => Promise<void>) | null = null;
  let released = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let regaining: Promise<void> = Promise.resolve();

  function lost(error: unknown): void {
    unlock = null;
    tell(error);
    if (released) return;
    timer = setTimeout(() => {
      regaining = regain();
    }, heartbeatMs);
    timer.unref();
  }

  async function regain(): Promise<void> {
    try {
      unlock = await takeLock(folder, (cause) => lost(lockLost(cause)));
      tell(null);
    } catch (error) {
      lost(isHeld(error) ? inUse(error) : error);
    }
  }

  unlock = await waitForLock(folder, (cause) => lost(lockLost(cause)));
  return {
    observe(observer) {
      observers.add(observer);
      return () => observers.delete(observer);
    },
    async release() {
      released = true;
      clearTimeout(timer);
      await regaining;
      await unlock?.();
    },
  };
}

async function waitForLock(folder: string, lost: (cause: Error) => void): Promise<() => Promise<void>> {
  let seen: number | undefined;
  for (;;) {
    try {
      return await takeLock(folder, lost);
    } catch (error) {
      if (!isHeld(error)) throw error;
      const touched = await lastTouch(folder);
      if (seen !== undefined && touched !== undefined && touched !== seen) throw inUse(error);
      seen = touched ?? seen;
      await sleep(retryMs);
    }
  }
}

function takeLock(folder: string, lost: (cause: Error) => void): Promise<() => Promise<void>> {
  return lock(folder, {
    stale: staleMs,
    update: heartbeatMs,
    realpath: false,
    // The default throws from a timer, which ends the process.
    onCompromised: lost,
  });
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

function lockLost(cause: unknown): Error {
  return new Error("The lock of the billing data folder was lost: another process may open the folder.", {
    cause,
  });
}
