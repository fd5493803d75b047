import type { Migration } from "./migration.js";

const indexes = `
CREATE INDEX customers_in_turn ON tollgate.customers (provider, provider_customer_id COLLATE "C");
CREATE INDEX subscriptions_trialing ON tollgate.subscriptions (provider, id COLLATE "C")
  WHERE record->>'status' = 'trialing';
`;

/** What is gone through page by page: a provider's customers, and the trials that run. */
export const rounds: Migration = { id: "0014-rounds", apply: (tx) => tx.script(indexes) };
