import type { Migration } from "./migration.js";

/**
 * What is due is found by its time; earlier releases had a job for each.
 *
 * Why taking callbacks is a function: each statement in it sees what the one before it waited for, so that who gets a
 * customer's lease then sees the customer's callbacks as they are. And its plans are its own: the index gives what is
 * due in its order, so that a batch costs the same however much is waiting. Left to the statistics, which are from when
 * nothing waited, all that waits would be sorted for each batch.
 *
 * @see takeCallbacks
 */
const due = `
CREATE INDEX callbacks_due ON tollgate.callbacks (next_attempt_at) WHERE state = 'waiting';

CREATE FUNCTION tollgate.take_callbacks(types text[], most integer, lease uuid, seconds integer)
RETURNS TABLE (callback_id text, callback_type text, callback_data jsonb, callback_attempts integer)
LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
DECLARE
  customer text;
  taken integer := 0;
BEGIN
  FOR customer IN
    SELECT one.customer_id FROM tollgate.callbacks AS one
    WHERE one.state = 'waiting' AND one.next_attempt_at <= now() AND one.type = ANY(types)
      AND NOT EXISTS (
        SELECT FROM tollgate.callback_leases AS held
        WHERE held.customer_id = one.customer_id AND held.expires_at > now()
      )
    ORDER BY one.next_attempt_at
  LOOP
    -- Whoever else is taking this one at the moment is not waited for.
    CONTINUE WHEN NOT pg_try_advisory_xact_lock(hashtextextended('tollgate.take:' || customer, 0));
    INSERT INTO tollgate.callback_leases AS held (customer_id, holder, expires_at)
    VALUES (customer, lease, now() + seconds * interval '1 second')
    ON CONFLICT (customer_id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE held.expires_at <= now();
    CONTINUE WHEN NOT FOUND;
    UPDATE tollgate.callbacks AS head SET attempts = head.attempts + 1
    WHERE head.position = (
      SELECT first.position FROM tollgate.callbacks AS first
      WHERE first.customer_id = customer AND first.state = 'waiting' ORDER BY first.position LIMIT 1
    ) AND head.state = 'waiting' AND head.next_attempt_at <= now() AND head.type = ANY(types)
    RETURNING head.id, head.type, head.data, head.attempts
    INTO callback_id, callback_type, callback_data, callback_attempts;
    IF FOUND THEN
      RETURN NEXT;
      taken := taken + 1;
      EXIT WHEN taken >= most;
    ELSE
      DELETE FROM tollgate.callback_leases AS held WHERE held.customer_id = customer AND held.holder = lease;
    END IF;
  END LOOP;
END
$$;
`;

export const callbacksDue: Migration = { id: "0013-callbacks-due", apply: (tx) => tx.script(due) };
