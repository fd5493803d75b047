import { type CustomerLink, type Rounds, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

export function createRounds(sql: SqlRunner): Rounds {
  return {
    listLinks: ({ provider, after, limit }) =>
      sql.query<CustomerLink>(
        `SELECT customer_id AS "customerId", provider, provider_customer_id AS "providerCustomerId"
         FROM tollgate.customers WHERE provider = $1 AND provider_customer_id COLLATE "C" > $2
         ORDER BY provider_customer_id COLLATE "C" LIMIT $3`,
        [provider, after ?? "", limit],
      ),
    async listEndingTrials({ provider, from, until, after, limit }) {
      // Times are compared as text: each is written the same way, in UTC and to the millisecond.
      const rows = await sql.query<{ readonly record: object }>(
        `SELECT record FROM tollgate.subscriptions
         WHERE provider = $1 AND record->>'status' = 'trialing'
           AND record->>'trialEndsAt' COLLATE "C" > $2 AND record->>'trialEndsAt' COLLATE "C" <= $3
           AND id COLLATE "C" > $4
         ORDER BY id COLLATE "C" LIMIT $5`,
        [provider, from, until, after ?? "", limit],
      );
      return rows.map(({ record }) => unpackRecord("subscription", record));
    },
    async listPastDue({ provider, after, limit }) {
      const rows = await sql.query<{ readonly record: object }>(
        `SELECT record FROM tollgate.subscriptions
         WHERE provider = $1 AND record->>'status' = 'past_due' AND id COLLATE "C" > $2
         ORDER BY id COLLATE "C" LIMIT $3`,
        [provider, after ?? "", limit],
      );
      return rows.map(({ record }) => unpackRecord("subscription", record));
    },
  };
}
