import type { IsoTime } from "../language/time.js";

/** How often an event is tried before somebody has to look: with the waits below, that takes about three days. */
export const maximumAttempts = 20;

const firstWaitMs = 30_000;
/** Seven hours. */
const longestWaitMs = 25_200_000;
/** Waits vary by up to this fraction, so that what failed together is not tried again together. */
const jitter = 0.2;

/**
 * When an event that failed is tried again: after half a minute, then after twice as long each time, up to seven hours;
 * `null` when it is abandoned.
 *
 * @param input.attempts how often it has been tried so far
 * @param input.chance from 0 up to 1, at random
 * @example
 * decideRetry({ attempts: 1, now: new Date("2026-03-01T00:00:00Z"), chance: 0.5 }); // "2026-03-01T00:00:30.000Z"
 */
export function decideRetry(input: {
  readonly attempts: number;
  readonly now: Date;
  readonly chance: number;
}): IsoTime | null {
  const { attempts, now, chance } = input;
  if (attempts >= maximumAttempts) return null;
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, attempts - 1));
  return new Date(now.getTime() + Math.round(wait * (1 + jitter * (2 * chance - 1)))).toISOString();
}
