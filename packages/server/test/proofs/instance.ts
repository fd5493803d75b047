import type { Clock, Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import type { Sandbox } from "@tollgate/sandbox";
import { createBilling } from "../../src/index.js";
import { stripe } from "../../src/providers/stripe/index.js";
import { appUrl, readIdentity } from "../requests.js";
import { type CrashPoint, dyingAt, mortalProvider } from "./crash.js";
import { type Deed, perform } from "./own-step.js";

/** One instance of an app, in this process or in one of its own. */
export interface Instance {
  /** Hands it a webhook, and dies while handling it at `crash`; the HTTP status of the answer. */
  deliver(request: Request, crash: CrashPoint | null): Promise<number>;
  /** What the sweep does once a minute, at once: the minute is the database's own, which no test can move. */
  finishJobs(): Promise<void>;
  /** Compares a customer with the provider, and repairs what differs. */
  reconcile(customerId: string): Promise<void>;
  /** Does what a customer wants of our own API, and dies while doing it at `crash`. */
  act(customerId: string, deed: Deed, crash: CrashPoint | null): Promise<void>;
  close(): Promise<void>;
}

/** Where its provider is, and what it signs with. */
export interface Account {
  readonly provider: { readonly id: string };
  readonly sandbox: Pick<Sandbox, "secretKey" | "webhookSecret" | "url">;
}

export function createInstance(parts: {
  /** The last one sells. */
  readonly accounts: readonly Account[];
  /** One that a process can die in. */
  readonly store: Store;
  readonly clock: Clock;
}): Instance {
  const providers = parts.accounts.map(({ provider, sandbox }) => {
    const { secretKey, webhookSecret, url: apiBase } = sandbox;
    const options = { id: provider.id, secretKey, webhookSecret, apiBase, requestsPerSecond: 10_000 };
    return mortalProvider(stripe(options));
  });
  const billing = createBilling({
    plans: buildCatalog(),
    provider: providers.toReversed(),
    store: parts.store,
    appUrl,
    identify: readIdentity,
    environment: "development",
    clock: parts.clock,
    jobs: "manual",
    logger: { error: () => undefined, warn: () => undefined, info: () => undefined },
  });
  return {
    deliver: async (request, crash) => (await dyingAt(crash, () => billing.handler(request))).status,
    async finishJobs() {
      await billing.runJobs();
      for (const state of ["received", "failed", "unmatched"] as const) {
        const left = await billing.events.list({ state, limit: 100 });
        for (const { id } of left.events) await billing.events.replay(id);
      }
    },
    reconcile: async (customerId) => {
      const { complete } = await billing.reconcile({ customerId, repair: true });
      if (!complete) throw new Error("The reconciliation was not finished.");
    },
    async act(customerId, deed, crash) {
      try {
        await dyingAt(crash, () => perform(billing, customerId, deed));
      } catch (error) {
        if (crash === null) throw error;
      }
    },
    close: () => billing.close(),
  };
}
