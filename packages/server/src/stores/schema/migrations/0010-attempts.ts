import type { Migration } from "./migration.js";

const table = `
CREATE TABLE tollgate.attempts (
  key text PRIMARY KEY,
  number integer NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
`;

/** Which attempt a key is at that the provider answers with a failure of before. */
export const attempts: Migration = { id: "0010-attempts", apply: (tx) => tx.script(table) };
