import type { StoreHealth } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** What `billing.health()` tells; safe to show to a probe: counts and times only. */
export interface HealthReport {
  /** `down`: nothing works. `degraded`: everything is served, and something waits for a person. */
  readonly status: "ok" | "degraded" | "down";
  /** Each thing that is wrong, in words. */
  readonly problems: readonly string[];
  /** `null` when the store is out of reach. */
  readonly store: StoreHealth | null;
}

export interface HealthOptions {
  /** How long the store may take to answer, in seconds. @default 5 */
  readonly timeoutSeconds?: number;
}

/** What waits longer than this is stuck. In milliseconds. */
const stuckAfterMs = 15 * 60_000;

/**
 * Looks whether billing can do its work: credentials, store, and what has piled up. Does not ask the
 * provider, because a probe that fails with somebody else's outage restarts a healthy app. Never throws.
 */
export async function checkHealth(
  context: BillingContext,
  { timeoutSeconds = 5 }: HealthOptions = {},
): Promise<HealthReport> {
  try {
    context.checkCredentials();
  } catch {
    return { status: "down", problems: ["A credential of the provider is missing."], store: null };
  }
  const store = await withinMs(readHealth(context), timeoutSeconds * 1000).catch(() => null);
  if (store === null) return { status: "down", problems: ["The store is out of reach."], store };
  const problems = problemsOf(store, context.clock());
  return { status: problems.length === 0 ? "ok" : "degraded", problems, store };
}

async function readHealth(context: BillingContext): Promise<StoreHealth> {
  const store = await context.openStore();
  return store.readHealth();
}

function problemsOf({ events, callbacks }: StoreHealth, now: Date): readonly string[] {
  const isStuck = (since: string | null) =>
    since !== null && now.getTime() - Date.parse(since) > stuckAfterMs;
  const found: [boolean, string][] = [
    [events.failed > 0, `${events.failed} events failed and will be tried again.`],
    [
      events.givenUp > 0,
      `${events.givenUp} events failed and are not tried again: billing.events.list tells why.`,
    ],
    [
      isStuck(events.oldestReceivedAt),
      "Events that were received are not being dealt with: do the jobs run?",
    ],
    [isStuck(callbacks.oldestWaitingAt), "Callbacks have waited for long: do the jobs run?"],
    [callbacks.dead > 0, `${callbacks.dead} callbacks failed at every attempt: replay them.`],
  ];
  return found.flatMap(([wrong, words]) => (wrong ? [words] : []));
}

async function withinMs<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("It took too long.")), ms);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
