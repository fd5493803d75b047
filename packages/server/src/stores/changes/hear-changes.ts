import type { TellTurn } from "../driver/loops.js";
import type { SqlDriver } from "../driver/sql-driver.js";
import { changesChannel } from "./announce-changes.js";

const firstWaitMs = 100;
const longestWaitMs = 30_000;

/**
 * Hears what other instances announce, until it is stopped: a connection that is lost, or was never made, is made again
 * with back-off.
 *
 * @param heard Receives each message, and `null` whenever some may have been missed: when the connection is
 * lost, and once there is one (again).
 * @returns a function that stops
 */
export function hearChanges(
  listen: NonNullable<SqlDriver["listen"]>,
  heard: (payload: string | null) => void,
  tellTurn: TellTurn = () => {},
): () => Promise<void> {
  let stopped = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hangUp: (() => Promise<void>) | undefined;
  void connect();

  async function connect(): Promise<void> {
    try {
      const stop = await listen(changesChannel, { message: (payload) => stopped || heard(payload), lost });
      if (stopped) return await stop();
      hangUp = stop;
      failures = 0;
      tellTurn("changes_heard", null);
      heard(null);
    } catch (error) {
      tellTurn("changes_heard", error);
      retry();
    }
  }

  function lost(): void {
    if (stopped) return;
    hangUp = undefined;
    heard(null);
    retry();
  }

  function retry(): void {
    if (stopped) return;
    // At random, so that all instances don't come back to a restarted database at the same moment.
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), wait);
    timer.unref();
  }

  return async () => {
    stopped = true;
    clearTimeout(timer);
    // A connection that is still being made hangs up by itself once it is made.
    await hangUp?.().catch(() => undefined);
  };
}
