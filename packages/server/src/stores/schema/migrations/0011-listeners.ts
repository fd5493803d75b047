import type { Migration } from "./migration.js";

const tables = `
CREATE TABLE tollgate.callback_types (
  type text PRIMARY KEY,
  heard_at timestamptz NOT NULL
);
CREATE INDEX callbacks_unheard ON tollgate.callbacks (type, finished_at) WHERE state = 'unheard';
`;

/**
 * Which types of callbacks the app's instances have functions for, and the callbacks that are kept though nobody runs
 * them yet.
 */
export const listeners: Migration = { id: "0011-listeners", apply: (tx) => tx.script(tables) };
