import type { Migration } from "./migration.js";

/**
 * One row: the identity of this database. The id is created here, so that it moves with a dump; a database that already
 * has customers is the default app's, because apps had no names before.
 */
const installation = `
CREATE TABLE tollgate.installation (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  app text
);
INSERT INTO tollgate.installation (app)
SELECT CASE WHEN EXISTS (SELECT FROM tollgate.customers) THEN 'default' END;
`;

export const installationRow: Migration = {
  id: "0008-installation",
  apply: (tx) => tx.script(installation),
};
