import type { BillingProvider, Clock } from "@tollgate/core";
import { stripe } from "../providers/stripe/index.js";
import { createTimeline, type TestableBilling, type TestTimeline } from "./create-timeline.js";
import type { StartSandbox, TestSandbox } from "./test-sandbox.js";

/** What ties billing to a sandbox: spread it last into the options of `createBilling`. */
export interface TiedOptions {
  readonly provider: BillingProvider;
  /** The sandbox's clock. */
  readonly clock: Clock;
  readonly environment: "development";
  /** Callbacks run when the test says so. */
  readonly jobs: "manual";
  /** Never: a comparison would repair what a lost webhook broke. */
  readonly reconcileEveryHours: 0;
}

/** Billing, and a sandbox that it bills through. */
export interface TestBilling<S extends TestSandbox, B extends TestableBilling> extends TestTimeline {
  readonly billing: B;
  readonly sandbox: S;
  /**
   * Pays an open checkout without a browser, and settles what follows.
   *
   * @param card One of the sandbox's. @default "4242 4242 4242 4242", which pays
   * @throws Error with the decline code when the card is refused, and what `settle` throws
   */
  pay(checkoutId: string, card?: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a sandbox and your billing on its clock, with the catalog pushed and webhooks delivered straight into
 * `billing.handler`, so that a test can move the whole app through time.
 *
 * @param parts.startSandbox The one of `@tollgate/sandbox`.
 * @param parts.createBilling Makes your billing with what it is given, spread last.
 * @throws Error when the catalog could not be pushed
 * @example
 * import { startSandbox } from "@tollgate/sandbox";
 * import { startTestBilling } from "@tollgate/server/testing";
 * const identify = () => ({ id: "org_1", role: "manager" as const });
 * const app = await startTestBilling({
 *   startSandbox,
 *   createBilling: (tied) =>
 *     createBilling({ plans, store: pglite("memory://"), appUrl: "http://localhost:3000", identify, ...tied }),
 * });
 * await app.advance({ days: 32 });
 * await app.close();
 */
export async function startTestBilling<S extends TestSandbox, B extends TestableBilling>(parts: {
  readonly startSandbox: StartSandbox<S>;
  readonly createBilling: (tied: TiedOptions) => B;
}): Promise<TestBilling<S, B>> {
  let billing: B | undefined;
  const sandbox = await parts.startSandbox({
    // Nobody listens there: it is handed over below.
    webhooks: [{ url: "http://billing.localhost/webhook" }],
    fetch: async (_url, init) =>
      billing === undefined ? new Response(null, { status: 503 }) : receive(billing, init),
  });
  try {
    billing = parts.createBilling(tie(sandbox));
    await push(billing);
  } catch (error) {
    await Promise.all([billing?.close(), sandbox.close()]);
    throw error;
  }
  sandbox.keepAsStart();
  const made = billing;
  const timeline = createTimeline(sandbox, made);
  return {
    billing: made,
    sandbox,
    ...timeline,
    async pay(checkoutId, card) {
      await sandbox.pay(checkoutId, card);
      await timeline.settle();
    },
    async close() {
      await made.close();
      await sandbox.close();
    },
  };
}

function tie(sandbox: TestSandbox): TiedOptions {
  const { secretKey, webhookSecret, url: apiBase } = sandbox;
  return {
    provider: stripe({ secretKey, webhookSecret, apiBase, requestsPerSecond: 1_000 }),
    clock: () => sandbox.now(),
    environment: "development",
    jobs: "manual",
    reconcileEveryHours: 0,
  };
}

function receive({ handler, appUrl, basePath }: TestableBilling, init?: RequestInit): Promise<Response> {
  return handler(new Request(`${appUrl}${basePath}/webhook/stripe`, init));
}

async function push(billing: TestableBilling): Promise<void> {
  const failed = (await billing.pushPlans()).filter(({ action }) => action === "failed");
  if (failed.length === 0) return;
  throw new Error(
    `The catalog could not be pushed: ${failed.map(({ catalogId, detail }) => `${catalogId}: ${detail}`).join("; ")}`,
  );
}
