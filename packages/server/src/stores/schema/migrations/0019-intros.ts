import type { Migration } from "./migration.js";

const index = `
DROP INDEX tollgate.checkouts_with_trial;
CREATE INDEX checkouts_with_intro ON tollgate.checkouts (customer_id)
  WHERE ((record ->> 'trialDays')::int > 0 OR record ->> 'intro' = 'true') AND record ->> 'status' <> 'expired';
`;

/** Checkouts that offer an intro are looked for with those that offer a trial. */
export const intros: Migration = { id: "0019-intros", apply: (tx) => tx.script(index) };
