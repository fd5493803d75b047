import type { Migration } from "./migration.js";

/** As text: the order of plans counts, and `jsonb` keeps none. */
const table = `
CREATE TABLE tollgate.terms (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  since timestamptz NOT NULL,
  terms text NOT NULL
);
`;

/** What access was decided by, and since when. */
export const terms: Migration = { id: "0024-terms", apply: (tx) => tx.script(table) };
