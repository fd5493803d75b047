import type { UsageEntry, UsageOutcome } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import { enqueueCallbacks } from "../outbox/insert-callbacks.js";
import { countAtOnce } from "./count-at-once.js";
import { holdMembers, writeMemberUses } from "./member-usage.js";
import { counterOf, settleUses, type UseKey } from "./settle-uses.js";
import { hasSqlState, isUniqueViolation } from "./usage.js";
import { writeUses } from "./write-uses.js";

/**
 * Takes hold of the counts, always in the same order, so that two lists never wait for each other; a count that is not
 * there yet begins with nothing, and is taken away again if nothing is counted.
 */
const hold = `
INSERT INTO tollgate.usage AS stored (customer_id, feature, period_start, period_end, used)
SELECT customer_id, feature, period_start::timestamptz, nullif(period_end, '')::timestamptz, 0
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS held (customer_id, feature, period_start, period_end)
ORDER BY 1, 2, 3
ON CONFLICT (customer_id, feature, period_start) DO UPDATE SET used = stored.used
RETURNING customer_id AS "customerId", feature, ${isoTime("period_start")} AS "startsAt", used`;

/** Only now: what was counted by whoever held the counts before is seen by a statement that begins after it. */
const known = `
SELECT customer_id AS "customerId", feature, idempotency_key AS "idempotencyKey"
FROM tollgate.usage_keys
JOIN unnest($1::text[], $2::text[], $3::text[]) AS asked (customer_id, feature, idempotency_key)
  USING (customer_id, feature, idempotency_key)`;

interface HeldRow {
  readonly customerId: string;
  readonly feature: string;
  readonly startsAt: string;
  // A bigint, which drivers return as a string or a number.
  readonly used: string | number;
}

/** What became of each use, and whether something is told. */
export interface CountedUses {
  readonly outcomes: readonly UsageOutcome[];
  readonly tells: boolean;
}

/** Decides in the process what is counted, while it holds every count that the entries belong to. */
export async function countManyUses(sql: SqlDriver, entries: readonly UsageEntry[]): Promise<CountedUses> {
  if (entries.length === 0) return { outcomes: [], tells: false };
  const counted = await countAtOnce(sql, entries).catch((error: unknown) => {
    // Something did not fit, or was counted before: then each is decided for itself.
    if (hasSqlState(error, "22012") || isUniqueViolation(error) || hasSqlState(error, "40P01")) return null;
    throw error;
  });
  if (counted !== null) return { outcomes: counted, tells: false };
  for (;;) {
    try {
      return await sql.transaction((tx) => count(tx, entries));
    } catch (error) {
      // A twin was counted meanwhile in another period, or waited for what is held here.
      if (!isUniqueViolation(error) && !hasSqlState(error, "40P01")) throw error;
    }
  }
}

async function count(tx: SqlRunner, entries: readonly UsageEntry[]): Promise<CountedUses> {
  const counters = [...new Map(entries.map((entry) => [counterOf(entry), entry])).values()];
  const held = await tx.query<HeldRow>(hold, [
    counters.map(({ customerId }) => customerId),
    counters.map(({ feature }) => feature),
    counters.map(({ period }) => period.startsAt),
    counters.map(({ period }) => period.endsAt ?? ""),
  ]);
  const used = new Map(
    held.map(({ customerId, feature, startsAt, used }) => [
      counterOf({ customerId, feature, period: { startsAt } }),
      Number(used),
    ]),
  );
  const members = await holdMembers(tx, entries);
  const keys = await tx.query<UseKey>(known, [
    entries.map(({ customerId }) => customerId),
    entries.map(({ feature }) => feature),
    entries.map(({ idempotencyKey }) => idempotencyKey),
  ]);
  const { outcomes, counted, told } = settleUses(entries, used, keys, members);
  await writeUses(tx, counters, counted);
  await writeMemberUses(tx, entries, counted);
  await enqueueCallbacks(tx, told);
  return { outcomes, tells: told.length > 0 };
}
