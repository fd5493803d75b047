import type { IsoTime } from "@tollgate/core";
import type { Logger } from "../log/logger.js";
import { describeError } from "../log/logger.js";

/** How a background loop of this instance is doing. */
export interface LoopHealth {
  /**
   * `callbacks`, `jobs`, `upkeep`, `job_results`, `changes_heard`, `changes_told`, `folder_lock`, or `job …` for each
   * kind of job.
   */
  readonly loop: string;
  readonly lastSuccessAt: IsoTime | null;
  /** Since when every turn has failed; `null`: the last one did not. */
  readonly failingSince: IsoTime | null;
  /** How many turns in a row. */
  readonly failures: number;
  /** Of the last failure, secrets blanked. */
  readonly error: { readonly name: string; readonly message: string } | null;
}

/** Keeps track of how the loops are doing, and logs failures: the first, and then every few minutes. */
export interface LoopWatch {
  /** @param error what made the turn fail; `null`: it did its work */
  observe(loop: string, error: unknown): void;
  states(): readonly LoopHealth[];
}

const silenceMs = 5 * 60_000;
/** How many turns in a row may fail, as they do with the network, before anybody has to know. */
export const tolerated = 2;

/** @param now the machine's time, by which loops run */
export function createLoopWatch(logger: Logger, now: () => number = Date.now): LoopWatch {
  const states = new Map<string, LoopHealth>();
  const loggedAt = new Map<string, number>();
  const fresh = { lastSuccessAt: null, failingSince: null, failures: 0, error: null };

  function succeeded(before: LoopHealth, at: string): void {
    const { loop, failures, failingSince } = before;
    states.set(loop, { ...fresh, loop, lastSuccessAt: at });
    if (failures <= tolerated) return;
    loggedAt.delete(loop);
    logger.warn({ loop, failures, failingSince }, `Billing's background works again: ${loop}`);
  }

  function failed(before: LoopHealth, at: string, error: unknown): void {
    const { loop, failingSince, failures } = before;
    const { name = "Error", message = "Something that is no error was thrown." } = describeError(error);
    const state = { ...before, failingSince: failingSince ?? at, failures: failures + 1 };
    states.set(loop, { ...state, error: { name: String(name), message: String(message).slice(0, 500) } });
    const last = loggedAt.get(loop);
    if (last !== undefined && now() - last < silenceMs) return;
    loggedAt.set(loop, now());
    const fields = {
      loop,
      failures: failures + 1,
      failingSince: failingSince ?? at,
      error: describeError(error),
    };
    logger.error(fields, `Billing's background fails: ${loop}`);
  }

  return {
    observe(loop, error) {
      const at = new Date(now()).toISOString();
      const before = states.get(loop) ?? { ...fresh, loop };
      if (error === null) succeeded(before, at);
      else failed(before, at, error);
    },
    states: () => [...states.values()],
  };
}
