import type { MemberBooks, MemberOf } from "@tollgate/core";
import { checkoutLock } from "../driver/locks.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { Transact } from "../driver/transaction.js";
import { isBeingDeleted } from "./deletions.js";

const readUse = `
SELECT feature, used, NULL AS amount, false AS "isLimit" FROM tollgate.member_usage
WHERE customer_id = $1 AND member_id = $2 AND (feature, period_start) IN (
  SELECT feature, period_start::timestamptz FROM unnest($3::text[], $4::text[]) AS asked (feature, period_start)
)
UNION ALL
SELECT feature, 0, amount, true FROM tollgate.member_limits WHERE customer_id = $1 AND member_id = $2`;

interface Row {
  readonly feature: string;
  // Bigints, which drivers return as strings or numbers.
  readonly used: string | number;
  readonly amount: string | number | null;
  readonly isLimit: boolean;
}

/** In the order in which counting takes hold of them. */
const forgetUse = `
DELETE FROM tollgate.member_usage WHERE (customer_id, member_id, feature, period_start) IN (
  SELECT customer_id, member_id, feature, period_start FROM tollgate.member_usage
  WHERE customer_id = $1 AND member_id = $2 ORDER BY 1, 2, 3, 4 FOR UPDATE
)`;

const pruneUse = `
DELETE FROM tollgate.member_usage WHERE (customer_id, member_id, feature, period_start) IN (
  SELECT customer_id, member_id, feature, period_start FROM tollgate.member_usage
  WHERE period_end < $1 ORDER BY period_end LIMIT $2
) RETURNING 1 AS pruned`;

export function createMemberBooks(sql: SqlRunner, transact: Transact): MemberBooks {
  return {
    async readMemberUse({ customerId, memberId, periods }) {
      const [features, starts] = [
        periods.map(({ feature }) => feature),
        periods.map(({ startsAt }) => startsAt),
      ];
      const rows = await sql.query<Row>(
        readUse,
        [customerId, memberId, features, starts],
        "tollgate_member_use",
      );
      const [limits, counts] = [rows.filter((row) => row.isLimit), rows.filter((row) => !row.isLimit)];
      return {
        used: Object.fromEntries(counts.map(({ feature, used }) => [feature, Number(used)])),
        limits: Object.fromEntries(
          limits.map(({ feature, amount }) => [feature, amount === null ? null : Number(amount)]),
        ),
      };
    },
    saveMemberLimit: ({ customerId, memberId, feature, limit }) =>
      transact(async (tx) => {
        // Whoever deletes the customer at this moment leaves nothing behind.
        await tx.lock(checkoutLock(customerId));
        if (await isBeingDeleted(tx.sql, customerId)) return "overtaken";
        tx.changed(customerId);
        await replaceLimit(tx.sql, { customerId, memberId }, feature, limit);
        return "saved";
      }),
    forgetMember: ({ customerId, memberId, counts }) =>
      transact(async (tx) => {
        tx.changed(customerId);
        await tx.sql.query("DELETE FROM tollgate.member_limits WHERE customer_id = $1 AND member_id = $2", [
          customerId,
          memberId,
        ]);
        if (counts) await tx.sql.query(forgetUse, [customerId, memberId]);
      }),
    async pruneMemberUse({ endedBefore, limit }) {
      return (await sql.query(pruneUse, [endedBefore, limit])).length;
    },
  };
}

async function replaceLimit(
  sql: SqlRunner,
  { customerId, memberId }: MemberOf,
  feature: string,
  limit: number | null | "plan",
): Promise<void> {
  const key = [customerId, memberId, feature];
  if (limit === "plan") {
    await sql.query(
      "DELETE FROM tollgate.member_limits WHERE (customer_id, member_id, feature) = ($1, $2, $3)",
      key,
    );
    return;
  }
  await sql.query(
    `INSERT INTO tollgate.member_limits (customer_id, member_id, feature, amount) VALUES ($1, $2, $3, $4::bigint)
     ON CONFLICT (customer_id, member_id, feature) DO UPDATE SET amount = excluded.amount`,
    [...key, limit],
  );
}

/** Members go with what their customer used; whoever has set a limit there is right. */
export async function moveMembers(
  sql: SqlRunner,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql.query(
    `WITH taken AS (DELETE FROM tollgate.member_usage WHERE customer_id = $1 RETURNING *)
     INSERT INTO tollgate.member_usage AS stored (customer_id, member_id, feature, period_start, period_end, used)
     SELECT $2::text, member_id, feature, period_start, period_end, used FROM taken
     ON CONFLICT (customer_id, member_id, feature, period_start) DO UPDATE SET used = stored.used + excluded.used`,
    [from, to],
  );
  await sql.query(
    `WITH taken AS (DELETE FROM tollgate.member_limits WHERE customer_id = $1 RETURNING *)
     INSERT INTO tollgate.member_limits (customer_id, member_id, feature, amount)
     SELECT $2::text, member_id, feature, amount FROM taken ON CONFLICT DO NOTHING`,
    [from, to],
  );
}
