import { BillingError, type CreditsBooks, type CreditsPage, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/** A page of a customer's ledger, the newest first. */
export async function readCreditsPage(
  sql: SqlRunner,
  { customerId, credit, after, limit }: Parameters<CreditsBooks["listCreditsEntries"]>[0],
): Promise<CreditsPage> {
  checkCreditsPlace(after);
  const rows = await sql.query<{ readonly place: string; readonly record: object }>(
    `SELECT position::text AS place, record FROM tollgate.credits_entries
     WHERE customer_id = $1 AND credit = $2 AND ($3::bigint IS NULL OR position < $3::bigint)
     ORDER BY position DESC LIMIT $4`,
    [customerId, credit, after, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    entries: page.map(({ record }) => unpackRecord("creditsEntry", record)),
    next: rows.length > limit ? (page.at(-1)?.place ?? null) : null,
  };
}

/** @throws BillingError `invalid_query` */
export function checkCreditsPlace(after: string | null): void {
  if (after === null || /^\d{1,18}$/.test(after)) return;
  throw new BillingError("invalid_query", "`after` must be the `next` of a page of the ledger.");
}
