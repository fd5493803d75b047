import type { BillingProvider, CallbackData, Catalog, Store } from "@tollgate/core";
import { startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { type Billing, createBilling } from "../../src/index.js";
import { startTestBilling } from "../../src/testing/index.js";
import { appUrl, readIdentity, send, toRequest } from "../requests.js";
import { newUser } from "../world.js";
import { after, before } from "./catalogs.js";

type ToldType = "price_change.announced" | "price_change.applied";

interface Told {
  readonly id: string;
  readonly type: ToldType;
  readonly data: CallbackData[ToldType];
}

type WrapProvider = (provider: BillingProvider) => BillingProvider;

export type MigrationWorld = Awaited<ReturnType<typeof openMigrationWorld>>;

/** An app whose catalog changes while people are on it, and the provider that bills them, on one clock. */
export async function openMigrationWorld(
  store: Store,
  { wrapProvider = (provider) => provider }: { readonly wrapProvider?: WrapProvider } = {},
) {
  const told: Told[] = [];
  const tell =
    (type: ToldType) =>
    (data: Told["data"], { id }: { readonly id: string }) =>
      void told.push({ id, type, data });
  const logged: string[] = [];
  const releases: Billing[] = [];
  const instances: Billing[] = [];
  const latest = () => {
    const release = releases.at(-1);
    if (release === undefined) throw new Error("There is no release yet.");
    return release;
  };
  let release: (plans: Catalog) => Billing = () => latest();
  const app = await startTestBilling({
    startSandbox,
    createBilling: (tied) => {
      release = (plans) => {
        const billing = createBilling({
          plans,
          // They share it.
          store: { ...store, close: async () => {} },
          ...{ appUrl, identify: readIdentity, rateLimits: false },
          logger: {
            error: (...all: unknown[]) => void logged.push(JSON.stringify(all)),
            warn: () => {},
            info: () => {},
          },
          on: {
            "price_change.announced": tell("price_change.announced"),
            "price_change.applied": tell("price_change.applied"),
          },
          ...tied,
          provider: wrapProvider(tied.provider),
        });
        instances.push(billing as unknown as Billing);
        return billing as unknown as Billing;
      };
      const first = release(before);
      releases.push(first);
      return {
        ...first,
        handler: (request: Request) => latest().handler(request),
        runJobs: (options) => latest().runJobs(options),
      };
    },
  });
  const { hostname, port } = new URL(app.sandbox.url);
  const stripe = new Stripe(app.sandbox.secretKey, { host: hostname, port, protocol: "http" });

  /** What a checkout asks for besides the plan. */
  type Choice = { readonly quantity?: number; readonly interval?: string };

  /** Buys, and lets nobody hear of it yet. */
  async function pay(planId: string, more: Choice = {}) {
    const user = newUser();
    const body = { planId, interval: "month", ...more };
    const opened = await send(latest(), toRequest("POST", "/checkout", { as: user, body }));
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
    await app.sandbox.pay(opened.body.id);
    return user;
  }

  async function buy(planId: string, more?: Choice) {
    const user = await pay(planId, more);
    await app.settle();
    return user;
  }

  return {
    app,
    stripe,
    told,
    store,
    pay,
    buy,
    latest,
    /** A time from now. */
    in: ({ days = 0, hours = 0 }: { readonly days?: number; readonly hours?: number }) =>
      new Date(app.sandbox.now().getTime() + (days * 24 + hours) * 3_600_000).toISOString(),
    /** Puts a catalog on sale. */
    async release(plans: Catalog = after) {
      const billing = release(plans);
      releases.push(billing);
      await billing.pushPlans();
      return billing;
    },
    /** The same release on another machine. */
    another: (plans: Catalog = after) => release(plans),
    toldTo: (user: string) => told.filter(({ data }) => data.customerId === user),
    /** Does what is due now. */
    async round() {
      await store.enqueueJobs([{ type: "migrate_prices" }]);
      await app.settle().catch((error: unknown) => {
        throw new Error(logged.join("\n"), { cause: error });
      });
    },
    async subscriptionOf(user: string) {
      const found = (await store.listSubscriptions(user)).at(-1);
      if (found === undefined) throw new Error(`${user} has no subscription.`);
      return found;
    },
    /** What was billed, the latest last: each invoice with the amounts of its lines. */
    async billed(user: string) {
      const { id } = await this.subscriptionOf(user);
      const { data } = await stripe.invoices.list({ subscription: id, limit: 100 });
      return data.map(({ lines }) => lines.data.map(({ amount }) => amount)).toReversed();
    },
    /** Moves to some hours before the renewal of somebody, or after it. */
    async renew(user: string, hours: number) {
      const { currentPeriod } = await this.subscriptionOf(user);
      await app.advance(new Date(Date.parse(currentPeriod?.end ?? "") + hours * 3_600_000));
    },
    async close() {
      await Promise.all(instances.map((billing) => billing.close()));
      await app.close();
      await store.close();
    },
  };
}
