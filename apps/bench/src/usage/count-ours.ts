import { buildCatalog } from "@tollgate/core/testing";
import { createBilling } from "@tollgate/server";
import { postgres } from "@tollgate/server/postgres";
import { stripe } from "@tollgate/server/stripe";
import type { Pool } from "pg";
import { appCustomerOf } from "../events/subject.js";
import type { Spread, UsageSettings } from "./usage-kind.js";

/** As many as an app collects before it sends them. */
export const unitsInBatch = 1000;

/** Both ways of ours to count; each use has a key of its own. */
export async function openOurCounts(pool: Pool, { population }: UsageSettings) {
  const catalog = buildCatalog();
  const billing = createBilling({
    // A limit that is checked each time and never reached.
    plans: { ...catalog, plans: { ...catalog.plans, pro: withPlenty(catalog.plans.pro) } },
    provider: stripe({ secretKey: "sk_test_bench", webhookSecret: "whsec_bench" }),
    store: postgres(pool),
    appUrl: "https://app.example.com",
    environment: "development",
    jobs: "manual",
    identify: () => null,
  });
  let uses = 0;
  const next = (spread: Spread) => {
    uses += 1;
    const customerId = appCustomerOf(spread === "hot" ? 0 : uses % population);
    return { customerId, feature: "messages", idempotencyKey: `use-${uses}` } as const;
  };
  await billing.usage.record(next("hot"));
  return {
    record: async (spread: Spread) => {
      await billing.usage.record(next(spread));
    },
    recordMany: async (spread: Spread) => {
      const results = await billing.usage.recordMany(
        Array.from({ length: unitsInBatch }, () => next(spread)),
      );
      if (results.some(({ outcome }) => outcome !== "counted")) throw new Error("A use was not counted.");
    },
  };
}

function withPlenty<T extends object>(plan: T) {
  return { ...plan, includes: { messages: 1_000_000_000_000 } };
}
