import { buildCatalog } from "@tollgate/core/testing";
import { createBilling } from "@tollgate/server";
import { postgres } from "@tollgate/server/postgres";
import { stripe } from "@tollgate/server/stripe";
import { appCustomerOf, subjectOf } from "../events/subject.js";
import { openPool } from "../postgres/databases.js";
import type { Checker, CheckerSettings } from "./checker.js";

const request = new Request("https://app.example.com/export");

/** How many customers the warm checks go round. */
const regulars = 100;

/** Ours, warm and cold, and the read by key that they are compared with, over the same pool. */
export async function openOurChecks({ databaseUrl, population }: CheckerSettings) {
  const pool = openPool(databaseUrl);
  let asking = identityOf(0);
  const open = () =>
    createBilling({
      plans: buildCatalog(),
      provider: stripe({ secretKey: "sk_test_bench", webhookSecret: "whsec_bench" }),
      store: postgres(pool),
      appUrl: "https://app.example.com",
      environment: "development",
      reconcileEveryHours: 0,
      identify: () => asking,
    });
  let billing = open();
  const check = async (identity: typeof asking) => {
    asking = identity;
    const { allowed } = (await billing.access(request)).check("export");
    if (!allowed) throw new Error(`${identity.id} is refused what it pays for.`);
  };
  const warm: Checker = async (count) => {
    const identities = Array.from({ length: regulars }, (_, number) => identityOf(number));
    for (let index = 0; index < count; index++) {
      const identity = identities[index % regulars];
      if (identity !== undefined) await check(identity);
    }
  };
  const cold: Checker = async (count) => {
    for (let index = 0; index < count; index++) await check(identityOf(coldNumber(index, population)));
  };
  const key: Checker = async (count) => {
    const text = "SELECT record FROM tollgate.subscriptions WHERE provider = $1 AND id = $2";
    for (let index = 0; index < count; index++) {
      const values = ["stripe", subjectOf(index, population).subscriptionId];
      const { rows } = await pool.query({ name: "by-key", text, values });
      if (rows.length !== 1) throw new Error("The store lacks a subscription.");
    }
  };
  /** A new instance knows nobody; its first customer opens the store. */
  const forget = async () => {
    await billing.close();
    billing = open();
    await check(identityOf(0));
  };
  return { checks: { warm, cold, key }, forget };
}

function identityOf(number: number) {
  return { id: appCustomerOf(number), role: "member" } as const;
}

/** Everybody but the first, once. */
function coldNumber(index: number, population: number): number {
  return 1 + ((index * 7919) % (population - 1));
}
