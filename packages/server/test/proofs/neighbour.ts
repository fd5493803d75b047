import { buildCatalog } from "@tollgate/core/testing";
import type { Sandbox, StripeEvent } from "@tollgate/sandbox";
import { createBilling } from "../../src/index.js";
import { stripe } from "../../src/providers/stripe/index.js";
import { appUrl, readIdentity } from "../requests.js";
import type { SharedDatabase } from "./shared-database.js";

/** Another app with plans of the same names in the same account, whose endpoint hears everything too. */
export interface Neighbour {
  /** The provider's id of its price of the plan `starter`. */
  readonly price: string;
  /** Learns from what the provider sent, delivered or not, which subscriptions have ever had its price. */
  note(event: StripeEvent): void;
  hear(request: Request): Promise<void>;
  /** What it took for its own since the last call, in words. Nobody uses it, so it must have nothing. */
  holds(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openNeighbour(sandbox: Sandbox, database: SharedDatabase): Promise<Neighbour> {
  const { secretKey, webhookSecret, url } = sandbox;
  const billing = createBilling({
    plans: buildCatalog(),
    provider: stripe({ secretKey, webhookSecret, apiBase: url }),
    store: database.openStore(),
    app: "neighbour",
    appUrl,
    identify: readIdentity,
    environment: "development",
    jobs: "manual",
    clock: sandbox.now,
    logger: { error: () => undefined, warn: () => undefined, info: () => undefined },
  });
  const changes = await billing.pushPlans();
  const price = changes.find(({ kind, catalogId, currency }) => {
    return kind === "price" && catalogId === "starter" && currency === "usd";
  })?.providerId;
  if (!price) throw new Error("The other app has a price.");
  /** Subscriptions that have ever had its price: it may wonder whose those are. */
  const its = new Set<string>();
  const told = new Set<string>();
  return {
    price,
    note(event) {
      const body = JSON.stringify(event);
      if (body.includes(price)) for (const [id] of body.matchAll(/\bsub_\w+/g)) its.add(id);
    },
    async hear(request) {
      const { status } = await billing.handler(request);
      if (status !== 200) throw new Error(`The other app answered ${status}.`);
    },
    async holds() {
      const strange = (await database.holdings()).filter(
        ({ waitsFor }) => waitsFor === undefined || !its.has(waitsFor ?? ""),
      );
      const news = strange.map(({ what }) => what).filter((what) => !told.has(what));
      for (const one of news) told.add(one);
      return news.map((one) => `The other app has ${one}`);
    },
    close: () => billing.close(),
  };
}
