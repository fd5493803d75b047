import type { Migration } from "./migration.js";

const column = `
ALTER TABLE tollgate.customers ADD COLUMN contact jsonb NOT NULL DEFAULT '{}';
`;

/** What is known of a customer's email and name at the provider, and who said it. */
export const profiles: Migration = { id: "0016-profiles", apply: (tx) => tx.script(column) };
