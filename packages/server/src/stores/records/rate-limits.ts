import type { RateLimit, RateLimits } from "@tollgate/core";
import type { RateLimiterPostgres } from "rate-limiter-flexible";
import type { SqlRunner } from "../driver/sql-driver.js";

type Library = typeof import("rate-limiter-flexible");
type Limiter = Pick<RateLimiterPostgres, "consume">;

/** A statement as `RateLimiterPostgres` hands it to a `pg` client. */
interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/**
 * Counts by one upsert per token, whatever the driver. A key that has used up its points is refused from memory until
 * its window ends, so that whoever is over the limit puts no load on the database.
 */
export function createRateLimits(sql: SqlRunner): RateLimits {
  // At the first use: the library brings its other stores along, which take longer to load than all of our own code.
  let loading: Promise<Library> | undefined;
  const limiters = new Map<string, Limiter>();

  return {
    async takeToken(limit) {
      loading ??= import("rate-limiter-flexible");
      const library = await loading;
      try {
        await limiterOf(library, limiters, sql, limit).consume(limit.key);
        return { allowed: true, retryAfterSeconds: 0 };
      } catch (refusal) {
        // It throws its result when the limit is reached, and an error when the database fails.
        if (!(refusal instanceof library.RateLimiterRes)) throw refusal;
        return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
      }
    },
    async pruneRateLimits() {
      await sql.query("DELETE FROM tollgate.rate_limits WHERE expire < $1", [Date.now()]);
    },
  };
}

/** One limiter per kind of limit; an app has two or three. */
function limiterOf(
  { RateLimiterPostgres }: Library,
  limiters: Map<string, Limiter>,
  sql: SqlRunner,
  { points, perSeconds }: RateLimit,
): Limiter {
  const kind = `${points}/${perSeconds}`;
  const limiter =
    limiters.get(kind) ??
    new RateLimiterPostgres({
      storeClient: toClient(sql),
      storeType: "pool",
      schemaName: "tollgate",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix: "",
      points,
      duration: perSeconds,
      // Whoever takes the last point is blocked in memory for the rest of the window.
      inMemoryBlockOnConsumed: points,
      // Our own job deletes old counts: the library's timer would run in every instance.
      clearExpiredByTimeout: false,
    });
  limiters.set(kind, limiter);
  return limiter;
}

function toClient(sql: SqlRunner) {
  return {
    async query({ text, values = [] }: Statement) {
      const rows = await sql.query(text, values);
      return { rows, rowCount: rows.length };
    },
  };
}
