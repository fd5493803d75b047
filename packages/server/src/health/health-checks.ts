import { findPlan, type StoreHealth } from "@tollgate/core";
import { describeCount, type KnownPlans } from "../catalog/known-plans.js";
import type { CatalogContext } from "../context/billing-context.js";
import type { EndpointWatch } from "./endpoint-watch.js";
import { type LoopWatch, tolerated } from "./loop-watch.js";
import type { MappingWatch } from "./mapping-watch.js";
import type { OriginWatch } from "./origin-watch.js";
import type { WebhookWatches } from "./webhook-watch.js";

/** What the checks look at besides the store. */
export interface Watches {
  readonly knownPlans: Pick<KnownPlans, "now">;
  /** How the background loops are doing. */
  readonly loops: Pick<LoopWatch, "states">;
  /** The state of the endpoint for our webhook at each provider. */
  readonly endpoint: Pick<EndpointWatch, "recall">;
  /** Whether what is sold by prices that somebody made is what the catalog shows. */
  readonly mapped: Pick<MappingWatch, "recall">;
  /** What became of the deliveries that came to each provider's webhook. */
  readonly webhooks: Pick<WebhookWatches, "state" | "states" | "problems">;
  /** Where people use the app, other than where the options say. */
  readonly origins: Pick<OriginWatch, "problems">;
}

/** What a check looks at. */
export interface HealthFacts {
  readonly watches: Watches;
  readonly context: CatalogContext;
  /** What the store said a moment ago. */
  readonly store: StoreHealth;
  readonly now: Date;
}

/**
 * Looks at one thing: gives each problem in words for an operator, without secrets or anybody's data. It asks
 * memory or the store, never the provider; one that throws makes the report say that it could not look.
 */
export type HealthCheck = (facts: HealthFacts) => readonly string[] | Promise<readonly string[]>;

/** Whatever waits longer than this is stuck. In milliseconds. */
const stuckAfterMs = 15 * 60_000;

/** What this instance fails at in the background. */
const checkLoops: HealthCheck = ({ watches: { loops } }) =>
  loops
    .states()
    .filter(({ failures }) => failures > tolerated)
    .map(({ loop, failingSince, failures, error }) => {
      const why = error === null ? "" : `: ${error.name}: ${error.message}`;
      return `The background of this instance fails (${loop}, ${failures} times since ${failingSince})${why}`;
    });

/** Events that failed, or that nobody deals with. */
const checkInbox: HealthCheck = ({ store: { events }, now }) => {
  const problems: string[] = [];
  if (events.failed > 0) problems.push(`${events.failed} events failed and will be tried again.`);
  if (events.givenUp > 0) {
    problems.push(`${events.givenUp} events failed and are not tried again: billing.events.list tells why.`);
  }
  if (isStuck(events.oldestReceivedAt, now)) {
    problems.push("Events that were received are not being dealt with: do the jobs run?");
  }
  return problems;
};

/** Callbacks that have waited too long, or failed for good. */
const checkOutbox: HealthCheck = ({ store: { callbacks }, now }) => {
  const problems: string[] = [];
  if (isStuck(callbacks.oldestWaitingAt, now)) {
    problems.push("Callbacks have waited for long: do the jobs run?");
  }
  if (callbacks.dead > 0) {
    problems.push(`${callbacks.dead} callbacks failed at every attempt: replay them.`);
  }
  for (const { type, heardAt } of callbacks.unheard) {
    if (heardAt !== null && isLongAgo(heardAt)) {
      problems.push(
        `Callbacks for ${type} are only kept, for three days: no instance has had a function for it since ${heardAt}.`,
      );
    }
  }
  return problems;
};

/** Use that whoever bills it was not told: after a while it can't be billed any more. */
const checkUsage: HealthCheck = ({ store: { usage }, now }) =>
  usage.failing > 0 && isStuck(usage.oldestUsedAt, now)
    ? [`${usage.failing} reports of use could not be told since ${usage.oldestUsedAt}: the log tells why.`]
    : [];

/** What the provider's endpoint for our webhook lacks, according to the last look at it: asking now could take long. */
const checkEndpoint: HealthCheck = ({ watches }) => watches.endpoint.recall();

/** What of the catalog can't be sold, because a price that somebody made differs; also by the last look at it. */
const checkMapped: HealthCheck = ({ watches }) => watches.mapped.recall();

/** Plans that people are on and that the catalog no longer has. */
const checkPlans: HealthCheck = async ({ context, watches }) => {
  const missing = await context.store.countSubscribers(Object.keys(context.catalog.plans));
  if (missing.length === 0) return [];
  const known = watches.knownPlans.now();
  return missing.map((one) => {
    const kept =
      findPlan(known, one.planId) === undefined
        ? "nothing tells what it granted, so they have the free plan"
        : "they keep what it granted last";
    return `The catalog no longer has the plan ${describeCount(one)}: ${kept}. Declare it retired.`;
  });
};

/** Deliveries that this instance refused, and origins that its options don't name. */
const checkVisitors: HealthCheck = ({ watches: { webhooks, origins } }) => [
  ...webhooks.problems(),
  ...origins.problems(),
];

/** Everything that is checked once the store answers. */
export const healthChecks: readonly HealthCheck[] = [
  checkLoops,
  checkInbox,
  checkOutbox,
  checkUsage,
  checkEndpoint,
  checkMapped,
  checkPlans,
  checkVisitors,
];

/** Whether something that has waited since then has waited longer than it should. */
function isStuck(since: string | null, now: Date): boolean {
  return since !== null && now.getTime() - Date.parse(since) > stuckAfterMs;
}

/**
 * The app does not want a type that no instance has ever run; one that an instance did run may be missing. In `manual`
 * mode instances run only now and then. By the machine's clock, as the database reports it.
 */
function isLongAgo(heardAt: string): boolean {
  return Date.now() - Date.parse(heardAt) > 3_600_000;
}
