import type { SqlRunner } from "./sql-driver.js";

/**
 * Does a transaction's work, and rejects when one of its statements failed even if the work resolves: Postgres undoes
 * such a transaction at COMMIT, and says so only in passing. For the `transaction` of a driver, between BEGIN and
 * COMMIT.
 *
 * @param tx runs statements in the open transaction
 * @throws what `work` throws, or else what the first failed statement threw
 * @example
 * import { allOrNothing, type SqlRunner } from "@tollgate/server/sql";
 *
 * const findPlan = (tx: SqlRunner) => allOrNothing(tx, (inside) => inside.query("SELECT plan FROM app.orgs"));
 */
export async function allOrNothing<T>(tx: SqlRunner, work: (tx: SqlRunner) => Promise<T>): Promise<T> {
  let failed: { readonly error: unknown } | undefined;
  const keep = (error: unknown): never => {
    failed ??= { error };
    throw error;
  };
  const result = await work({
    query: (...args: Parameters<SqlRunner["query"]>) => tx.query<never>(...args).catch(keep),
    script: (text) => tx.script(text).catch(keep),
  });
  if (failed !== undefined) throw failed.error;
  return result;
}
