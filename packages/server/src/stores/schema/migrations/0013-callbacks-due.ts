import type { Migration } from "./migration.js";

/** What is due is found by its time; earlier releases had a job for each. */
const index = `
CREATE INDEX callbacks_due ON tollgate.callbacks (next_attempt_at) WHERE state = 'waiting';
`;

export const callbacksDue: Migration = { id: "0013-callbacks-due", apply: (tx) => tx.script(index) };
