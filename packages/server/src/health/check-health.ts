import { BillingError, type Clock, type StoreHealth } from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";
import { describeError, type Logger } from "../log/logger.js";
import { type HealthCheck, type HealthFacts, healthChecks, type Watches } from "./health-checks.js";
import type { LoopHealth } from "./loop-watch.js";
import { type DriftHealth, readDrift } from "./read-drift.js";
import type { WebhookHealth } from "./webhook-watch.js";

/** What `billing.health()` reports; safe to show to a probe: counts and times only. */
export interface HealthReport {
  /** `down`: nothing works. `degraded`: everything is served, but something needs a person's attention. */
  readonly status: "ok" | "degraded" | "down";
  /** Each thing that is wrong, in words. */
  readonly problems: readonly string[];
  /** `null` when the store is out of reach. */
  readonly store: StoreHealth | null;
  /** What this instance does in the background, and how that went; empty before it has begun. */
  readonly loops: readonly LoopHealth[];
  /** What this instance made of the deliveries to its webhooks. */
  readonly webhooks: WebhookHealth;
  /** The same for each provider's, by its id, where there are several. */
  readonly webhooksOf?: Readonly<Record<string, WebhookHealth>>;
  /** How far the store may be from each provider, by its id. Absent when the store is out of reach. */
  readonly drift?: Readonly<Record<string, DriftHealth>>;
}

export interface HealthOptions {
  /** How long the store may take to answer, in seconds. @default 5 */
  readonly timeoutSeconds?: number;
}

/** What the checks need, even while the store is out of reach. */
export interface HealthParts extends Watches {
  /** @throws BillingError `invalid_options` in production when a credential of the provider is missing */
  readonly checkCredentials: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly open: () => Promise<CatalogContext>;
}

/**
 * Checks whether billing can do its work: credentials, store, and whatever has piled up. Does not ask the provider,
 * because a probe that fails with somebody else's outage restarts a healthy app. Never throws.
 */
export async function checkHealth(
  parts: HealthParts,
  { timeoutSeconds = 5 }: HealthOptions = {},
): Promise<HealthReport> {
  const states = parts.webhooks.states();
  const several = Object.keys(states).length > 1;
  const heard = { webhooks: parts.webhooks.state(), ...(several && { webhooksOf: states }) };
  try {
    parts.checkCredentials();
  } catch {
    const problems = ["A credential of the provider is missing."];
    return { status: "down", problems, store: null, loops: [], ...heard };
  }
  const read = await withinMs(readHealth(parts), timeoutSeconds * 1000).catch(whyDown);
  const loops = parts.loops.states();
  if (typeof read === "string") return { status: "down", problems: [read], store: null, loops, ...heard };
  const { store, drift } = read;
  const facts = { ...read, watches: parts, now: parts.clock() };
  const looks = healthChecks.map((check) => look(check, facts, timeoutSeconds * 1000));
  const problems = (await Promise.all(looks)).flat();
  return { status: problems.length === 0 ? "ok" : "degraded", problems, store, loops, ...heard, drift };
}

/** A database that belongs to another app, or in which we lack a right, answers and is still of no use. */
function whyDown(error: unknown): string {
  const codes = ["invalid_options", "store_unsuitable"];
  const isMistake = error instanceof BillingError && codes.includes(error.code);
  return isMistake ? error.message : "The store is out of reach.";
}

async function readHealth({
  open,
}: HealthParts): Promise<
  Pick<HealthFacts, "context" | "store"> & { readonly drift: Readonly<Record<string, DriftHealth>> }
> {
  const context = await open();
  return { context, store: await context.store.readHealth(), drift: await readDrift(context) };
}

/** A check that fails says nothing about what it looks at, and must not keep the others from being reported. */
async function look(check: HealthCheck, facts: HealthFacts, ms: number): Promise<readonly string[]> {
  try {
    return await withinMs(Promise.resolve(check(facts)), ms);
  } catch (error) {
    facts.context.logger.error({ error: describeError(error) }, "A check of health failed");
    return ["A check of health failed: the log tells why."];
  }
}

async function withinMs<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("It took too long.")), ms);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
