import type { Attempts, RateLimits } from "@tollgate/core";

/** As long as a database keeps them. */
const attemptsMs = 30 * 86_400_000;

/** Counts that need nothing but the time. */
export function createMemoryLimits(now: () => number): RateLimits & Attempts {
  const windows = new Map<string, { readonly taken: number; readonly endsAt: number }>();
  const attempts = new Map<string, { readonly number: number; readonly changedAt: number }>();
  return {
    async takeToken({ key, points, perSeconds }) {
      const at = now();
      const known = windows.get(key);
      const open = known !== undefined && known.endsAt > at ? known : null;
      const { taken, endsAt } = open ?? { taken: 0, endsAt: at + perSeconds * 1000 };
      if (taken >= points) {
        return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil((endsAt - at) / 1000)) };
      }
      windows.set(key, { taken: taken + 1, endsAt });
      return { allowed: true, retryAfterSeconds: 0 };
    },
    async pruneRateLimits() {
      for (const [key, { endsAt }] of windows) if (endsAt <= now()) windows.delete(key);
    },
    async advanceAttempt(key, from) {
      const number = Math.max(attempts.get(key)?.number ?? 0, from + 1);
      attempts.set(key, { number, changedAt: now() });
      return number;
    },
    async pruneAttempts() {
      for (const [key, { changedAt }] of attempts) if (changedAt < now() - attemptsMs) attempts.delete(key);
    },
  };
}
