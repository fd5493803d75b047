import type { EndedCallback } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/**
 * Whoever is next of these customers may have been put off because so many were ahead of it (see `insertCallbacks`):
 * it is due now.
 */
const end = `
  WITH ended AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS one(
      id text, customer text, lease uuid, attempts integer, begun integer, state text, error jsonb,
      retry double precision
    )
  ), freed AS (
    DELETE FROM tollgate.callback_leases AS held USING ended
    WHERE held.customer_id = ended.customer AND held.holder = ended.lease
  ), written AS (
    UPDATE tollgate.callbacks AS one SET state = ended.state, last_error = coalesce(ended.error, one.last_error),
      next_attempt_at = coalesce(now() + ended.retry * interval '1 second', one.next_attempt_at),
      attempts = one.attempts + ended.begun - ended.attempts,
      finished_at = CASE WHEN ended.state = 'waiting' THEN NULL ELSE now() END
    FROM ended
    WHERE one.id = ended.id AND one.state = 'waiting' AND ended.state IS NOT NULL
      AND (ended.state = 'delivered' OR one.attempts = ended.attempts)
  ), next AS (
    SELECT one.position, one.attempts, one.next_attempt_at FROM ended CROSS JOIN LATERAL (
      SELECT position, attempts, next_attempt_at FROM tollgate.callbacks
      WHERE customer_id = ended.customer AND state = 'waiting' AND id <> ended.id
      ORDER BY position LIMIT 1
    ) AS one
    WHERE ended.state <> 'waiting'
  ), begins AS (
    UPDATE tollgate.callbacks AS one SET next_attempt_at = now() FROM next
    WHERE one.position = next.position AND next.attempts = 0 AND next.next_attempt_at > now()
  )
  SELECT EXISTS (SELECT FROM next WHERE attempts = 0 OR next_attempt_at <= now())
    OR EXISTS (SELECT FROM ended WHERE retry <= 0) AS more`;

export async function endCallbacks(sql: SqlRunner, ended: readonly EndedCallback[]): Promise<boolean> {
  const params = [JSON.stringify(ended.map(toRow))];
  const [answer] = await sql.query<{ readonly more: boolean }>(end, params, "tollgate_end_callbacks");
  return answer?.more ?? false;
}

/** Without a state nothing is written of it: it only lets go of the customer. */
function toRow({ taken: { callback, lease, attempts }, end: ending }: EndedCallback) {
  const row = { id: callback.id, customer: callback.data.customerId, lease, attempts, begun: attempts };
  if (ending.kind === "released") return row;
  if (ending.kind === "untouched") return { ...row, begun: attempts - 1, state: "waiting" };
  if (ending.kind === "succeeded") return { ...row, state: "delivered" };
  const { error, retryInSeconds: retry } = ending;
  return { ...row, state: retry === null ? "dead" : "waiting", error, retry };
}
