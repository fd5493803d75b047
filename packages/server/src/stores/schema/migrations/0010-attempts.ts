import type { Migration } from "./migration.js";

const table = `
CREATE TABLE tollgate.attempts (
  key text PRIMARY KEY,
  number integer NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
`;

/** For keys that the provider answers with an earlier failure: which attempt each is at. */
export const attempts: Migration = { id: "0010-attempts", apply: (tx) => tx.script(table) };
