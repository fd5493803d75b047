import type { Installation, Installations } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/** Who this database is. */
export function createInstallations(sql: SqlRunner): Installations {
  return {
    readInstallation: () => readInstallation(sql),
    async bindInstallation(app) {
      // Read first: an app that may not write here has no need to once its name is stored.
      const stored = await readInstallation(sql);
      if (stored.app !== null) return stored;
      await sql.query("UPDATE tollgate.installation SET app = $1 WHERE app IS NULL", [app]);
      return readInstallation(sql);
    },
  };
}

async function readInstallation(sql: SqlRunner): Promise<Installation> {
  const [row] = await sql.query<Installation>("SELECT id::text AS id, app FROM tollgate.installation");
  if (row === undefined) throw new Error("The database has lost its row in tollgate.installation.");
  return row;
}
