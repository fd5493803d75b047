import type { Pool } from "pg";

/** Every row of every table of ours as JSON, a line each, with the table's name before it. */
export async function dumpDatabase(pool: Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema LIKE 'tollgate%' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `SELECT row_to_json(one)::text AS row FROM ${name} AS one`,
    );
    lines.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return lines.join("\n");
}
