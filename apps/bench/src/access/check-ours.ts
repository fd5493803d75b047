import { buildCatalog } from "@tollgate/core/testing";
import { createBilling } from "@tollgate/server";
import { postgres } from "@tollgate/server/postgres";
import { stripe } from "@tollgate/server/stripe";
import { appCustomerOf, subjectOf } from "../events/subject.js";
import { openPool } from "../postgres/databases.js";
import type { Checker, CheckerSettings } from "./checker.js";

const request = new Request("https://app.example.com/export");

/** How many customers the warm checks go through in turn. */
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
      // What an instance does in the background when it starts is not part of a check.
      jobs: "manual",
      identify: () => asking,
    });
  const regular = open();
  let newcomer = open();
  // Written out in each, because a function around it would cost as much as a warm check itself.
  const warm: Checker = async (count) => {
    const identities = Array.from({ length: regulars }, (_, number) => identityOf(number));
    let refused = 0;
    for (let index = 0; index < count; index++) {
      asking = identities[index % regulars] ?? asking;
      if (!(await regular.access(request)).check("export").allowed) refused += 1;
    }
    if (refused > 0) throw new Error(`${refused} checks refused what was paid for.`);
  };
  const cold: Checker = async (count) => {
    let refused = 0;
    for (let index = 0; index < count; index++) {
      asking = identityOf(coldNumber(index, population));
      if (!(await newcomer.access(request)).check("export").allowed) refused += 1;
    }
    if (refused > 0) throw new Error(`${refused} checks refused what was paid for.`);
  };
  const key: Checker = async (count) => {
    const text = "SELECT record FROM tollgate.subscriptions WHERE provider = $1 AND id = $2";
    for (let index = 0; index < count; index++) {
      const values = ["stripe", subjectOf(index, population).subscriptionId];
      const { rows } = await pool.query({ name: "by-key", text, values });
      if (rows.length !== 1) throw new Error("The store lacks a subscription.");
    }
  };
  /** A new instance knows no customer; its first one opens the store. */
  const forget = async () => {
    await newcomer.close();
    newcomer = open();
    asking = identityOf(0);
    await newcomer.access(request);
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
