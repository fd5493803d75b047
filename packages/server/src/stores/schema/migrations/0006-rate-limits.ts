import type { Migration } from "./migration.js";

// The columns, in this order, that RateLimiterPostgres writes; `expire` in milliseconds since 1970. Not
// logged: after a crash of the database everybody starts a new window, and counting costs no disk write.
const table = `
CREATE UNLOGGED TABLE tollgate.rate_limits (
  key text PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
`;

export const rateLimits: Migration = { id: "0006-rate-limits", apply: (tx) => tx.script(table) };
