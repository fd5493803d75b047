import type { BillingProvider } from "@tollgate/core";
import { describeError, type Logger } from "../log/logger.js";
import { describeEndpoints } from "./describe-endpoints.js";

/** Knows the state of the provider's endpoint for our webhook, and of its account, as of its last look. */
export interface EndpointWatch {
  /**
   * What the last look found, and what was met since, without waiting: when the look is old, another begins in the
   * background.
   */
  readonly recall: () => readonly string[];
  /** Looks now, and logs what is wrong. Never throws: nothing that matters more waits for it. */
  readonly look: () => Promise<readonly string[]>;
}

/** How long a finding is taken to hold, in milliseconds. */
const freshMs = 3_600_000;

/** @param input.production whether there has to be an endpoint at the provider */
export function createEndpointWatch(input: {
  readonly provider: Pick<BillingProvider, "findMisconfigurations" | "knownMisconfigurations"> & {
    readonly events: Pick<BillingProvider["events"], "findEndpoints">;
  };
  readonly url: string;
  readonly production: boolean;
  readonly logger: Logger;
}): EndpointWatch {
  const { provider, url, production, logger } = input;
  const isExpected = production && !isOwnMachine(url);
  let problems: readonly string[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  const { events } = provider;
  const atEndpoint = keepLooking("The webhook endpoint could not be checked", logger, async () =>
    events.findEndpoints === undefined
      ? []
      : describeEndpoints(await events.findEndpoints(url), { url, isExpected }),
  );
  const inAccount = keepLooking(
    "The provider's account could not be checked",
    logger,
    async () => (await provider.findMisconfigurations?.()) ?? [],
  );

  async function look(): Promise<readonly string[]> {
    lookedAt = performance.now();
    problems = (await Promise.all([atEndpoint(), inAccount()])).flat();
    return problems;
  }

  return {
    recall() {
      if (performance.now() - lookedAt > freshMs) void look();
      return [...problems, ...(provider.knownMisconfigurations?.() ?? [])];
    },
    async look() {
      const found = await look();
      for (const problem of found) logger.warn({}, problem);
      return found;
    },
  };
}

/** Looks, and where that fails keeps to what it saw last. */
function keepLooking(
  failed: string,
  logger: Logger,
  look: () => Promise<readonly string[]>,
): () => Promise<readonly string[]> {
  let seen: readonly string[] = [];
  let couldLook = true;
  return async () => {
    try {
      seen = await look();
      couldLook = true;
    } catch (error) {
      // Once is enough: a restricted key may not look, and need not.
      if (couldLook) logger.warn({ error: describeError(error) }, failed);
      couldLook = false;
    }
    return seen;
  };
}

/** All of them as one. */
export function joinEndpointWatches(watches: readonly EndpointWatch[]): EndpointWatch {
  return {
    recall: () => watches.flatMap((one) => one.recall()),
    look: async () => (await Promise.all(watches.map((one) => one.look()))).flat(),
  };
}

function isOwnMachine(url: string): boolean {
  return /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);
}
