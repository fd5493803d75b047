import type { AccessTerms, TermsMemory } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";

/** Writes nothing where they are what they were, as at nearly every start of an instance. */
const remember = `
INSERT INTO tollgate.terms (since, terms)
SELECT $1::timestamptz, $2::text
WHERE $2::text IS DISTINCT FROM (SELECT terms FROM tollgate.terms ORDER BY position DESC LIMIT 1)`;

const find = `
SELECT terms, ${isoTime("since")} AS began FROM tollgate.terms WHERE since <= $1 ORDER BY since DESC, position DESC LIMIT 1`;

export function createTermsMemory(sql: SqlRunner): TermsMemory {
  return {
    async rememberTerms(terms, at) {
      await sql.query(remember, [at, JSON.stringify(terms)]);
    },
    async findTerms(at) {
      const [row] = await sql.query<{ readonly terms: string; readonly began: string }>(find, [at]);
      if (row === undefined) return null;
      const terms: AccessTerms = JSON.parse(row.terms);
      return { terms, since: new Date(row.began).toISOString() };
    },
  };
}
