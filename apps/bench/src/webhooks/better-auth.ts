import { openPool } from "../postgres/databases.js";
import { openBetterAuth } from "../run/better-auth.js";
import type { Contender, ContenderSettings, Quantity } from "./contender.js";
import { peerStripeVersion } from "./peer-stripe.js";

/** `@better-auth/stripe`, with the rows that its own checkout would have made. */
export async function openBetterAuthContender(settings: ContenderSettings): Promise<Contender> {
  const { databaseUrl, webhookSecret, population } = settings;
  const pool = openPool(databaseUrl);
  const auth = await openBetterAuth(pool, webhookSecret);
  await pool.query(
    `INSERT INTO subscription (id, plan, "referenceId", "stripeCustomerId", "stripeSubscriptionId", status)
     SELECT 'row_sub_1SBench' || d || 'Tollgate', 'pro', 'org_' || d, 'cus_Bench' || d,
            'sub_1SBench' || d || 'Tollgate', 'incomplete'
     FROM (SELECT lpad(n::text, 10, '0') AS d FROM generate_series(0, $1 - 1) AS n) AS numbers`,
    [population],
  );
  return {
    path: "/api/auth/stripe/webhook",
    version: peerStripeVersion(),
    handle: auth.handler,
    async readQuantities(ids) {
      const text = `SELECT "stripeSubscriptionId" AS id, seats AS quantity
        FROM subscription WHERE "stripeSubscriptionId" = ANY($1)`;
      return (await pool.query<Quantity>(text, [ids])).rows;
    },
  };
}
