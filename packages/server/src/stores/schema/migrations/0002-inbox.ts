import type { Migration } from "./migration.js";

/**
 * The function raises from within a statement, so that nothing of the statement stays: an event is not claimed when the
 * subscription that it changes was changed by somebody else. Its code is our own: Postgres does not use that class.
 */
const inbox = `
ALTER TABLE tollgate.events
  ADD COLUMN subscription_id text,
  ADD COLUMN attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN reason text,
  ADD COLUMN next_attempt_at timestamptz,
  ADD COLUMN settled_at timestamptz,
  ADD COLUMN event jsonb;
UPDATE tollgate.events SET event = unmatched -> 'event' WHERE state = 'unmatched';
UPDATE tollgate.events SET settled_at = received_at WHERE state <> 'unmatched';
ALTER TABLE tollgate.events DROP COLUMN unmatched;

CREATE INDEX events_by_arrival ON tollgate.events (received_at, position);
CREATE INDEX events_unsettled ON tollgate.events (received_at, position)
  WHERE state IN ('received', 'unmatched', 'failed');
CREATE INDEX events_ignored ON tollgate.events (subscription_id, provider, occurred_at)
  WHERE state = 'ignored' AND subscription_id IS NOT NULL;
CREATE INDEX events_due ON tollgate.events (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

ALTER TABLE tollgate.subscriptions
  ADD COLUMN revision bigint NOT NULL DEFAULT 1,
  ADD COLUMN group_name text,
  ADD COLUMN live boolean;
UPDATE tollgate.subscriptions
  SET group_name = record ->> 'group', live = record ->> 'status' NOT IN ('ended', 'incomplete');
ALTER TABLE tollgate.subscriptions
  ALTER COLUMN group_name SET NOT NULL,
  ALTER COLUMN live SET NOT NULL,
  -- Room in each page for the next version of a row: an update then leaves the indexes alone.
  SET (fillfactor = 70);

CREATE FUNCTION tollgate.overtaken() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION 'the subscription was changed meanwhile' USING ERRCODE = 'TG001';
END
$$;
`;

export const inboxTables: Migration = { id: "0002-inbox", apply: (tx) => tx.script(inbox) };
