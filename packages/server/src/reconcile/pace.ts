import { BillingError } from "@tollgate/core";

/** Runs requests one after another, no faster than allowed; what the provider turns away is tried again. */
export type Pace = <T>(request: () => Promise<T>) => Promise<T>;

/** Waits of about 1, 2, 4, 8 and 16 seconds: a limit per second is over by then, and a short outage too. */
const retries = 5;
const firstWaitMs = 1_000;

/**
 * Nobody waits for a reconciliation, so it makes way for requests that somebody waits for. The provider's own SDK does
 * not repeat a request that came too early (429), and a run should not end with it.
 *
 * @param signal Ends the waiting with its reason.
 */
export function createPace(requestsPerSecond: number, signal: AbortSignal): Pace {
  const gapMs = 1_000 / requestsPerSecond;
  let freeAt = 0;

  async function turn(): Promise<void> {
    const now = performance.now();
    const mine = Math.max(now, freeAt);
    freeAt = mine + gapMs;
    if (mine > now) await wait(mine - now, signal);
    signal.throwIfAborted();
  }

  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      await turn();
      try {
        return await request();
      } catch (error) {
        if (!isPassing(error) || attempt === retries) throw error;
        // At random, so that several that were turned away don't come back together.
        await wait(firstWaitMs * 2 ** attempt * (0.75 + Math.random() / 2), signal);
      }
    }
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof BillingError && error.code === "provider_unavailable";
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}
