import type { Migration } from "./migration.js";

const once = `
ALTER TABLE tollgate.customers
  DROP CONSTRAINT customers_pkey,
  DROP CONSTRAINT customers_provider_customer_id_provider_key,
  ADD PRIMARY KEY (provider, provider_customer_id),
  ADD COLUMN current boolean NOT NULL DEFAULT true,
  ADD COLUMN profile text;
CREATE UNIQUE INDEX customers_current ON tollgate.customers (customer_id, provider) WHERE current;
CREATE INDEX customers_retired ON tollgate.customers (customer_id, provider) WHERE NOT current;

DROP INDEX tollgate.checkouts_of_slot;
CREATE INDEX checkouts_of_slot ON tollgate.checkouts (customer_id, slot, position);
UPDATE tollgate.checkouts SET record = record || '{"trialDays": 0}' WHERE record -> 'trialDays' IS NULL;
CREATE INDEX checkouts_with_trial ON tollgate.checkouts (customer_id)
  WHERE (record ->> 'trialDays')::int > 0 AND record ->> 'status' <> 'expired';

UPDATE tollgate.subscriptions SET record = record || '{"origin": "provider"}' WHERE record -> 'origin' IS NULL;

CREATE TABLE tollgate.duplicates (
  provider text NOT NULL,
  subscription_id text NOT NULL,
  customer_id text NOT NULL,
  plan_group text NOT NULL,
  record jsonb NOT NULL,
  PRIMARY KEY (provider, subscription_id)
);
CREATE INDEX duplicates_of_customer ON tollgate.duplicates (customer_id, provider, plan_group);
`;

/** One current customer at the provider besides those that were deleted there; trials; second subscriptions. */
export const onceIsOnce: Migration = { id: "0004-once", apply: (tx) => tx.script(once) };
