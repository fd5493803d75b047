import type { Migration } from "./migration.js";

const index = `
CREATE INDEX subscriptions_past_due ON tollgate.subscriptions (provider, id COLLATE "C")
  WHERE record->>'status' = 'past_due';
`;

/** What is gone through page by page, too: whoever is to be told that a payment failed. */
export const pastDue: Migration = { id: "0015-past-due", apply: (tx) => tx.script(index) };
