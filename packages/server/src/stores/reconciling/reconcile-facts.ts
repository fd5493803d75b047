import type { CustomerLink, EventStanding, ReconcileFacts, Reconciliations } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { toStored } from "../records/subscriptions.js";

/** What is stored about one page of the provider's list. */
export async function readFacts(
  sql: SqlRunner,
  input: Parameters<Reconciliations["readReconcileFacts"]>[0],
): Promise<ReconcileFacts> {
  const { provider, subscriptionIds, providerCustomerIds } = input;
  const [row] = await sql.query<{
    readonly subscriptions: readonly object[] | null;
    readonly links: readonly CustomerLink[] | null;
  }>(
    `SELECT
       (SELECT jsonb_agg(record) FROM tollgate.subscriptions
        WHERE provider = $1 AND id = ANY($2::text[])) AS subscriptions,
       (SELECT jsonb_agg(jsonb_build_object('customerId', customer_id, 'provider', provider,
          'providerCustomerId', provider_customer_id)) FROM tollgate.customers
        WHERE provider = $1 AND provider_customer_id = ANY($3::text[])) AS links`,
    [provider, [...subscriptionIds], [...providerCustomerIds]],
  );
  return { subscriptions: (row?.subscriptions ?? []).map(toStored), links: row?.links ?? [] };
}

export async function readStandings(
  sql: SqlRunner,
  provider: string,
  ids: readonly string[],
): Promise<readonly EventStanding[]> {
  if (ids.length === 0) return [];
  return sql.query<EventStanding>(
    "SELECT id, state, reason FROM tollgate.events WHERE provider = $1 AND id = ANY($2::text[])",
    [provider, [...ids]],
  );
}
