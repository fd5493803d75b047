import { useEffect, useState } from "react";
import { findReturn } from "./checkout-return.js";
import { type BillingSession, createSession, type SessionOptions } from "./create-session.js";

interface UseSessionOptions extends Omit<SessionOptions, "returnedFrom"> {
  /** Who asks, where several persons act for one customer. */
  readonly personId: string | null | undefined;
}

/**
 * The session of who pays and who asks. Another customer, or another person of the same one, gets another
 * session within the same render, so no frame shows what the first one may see or do; the hooks below then leave
 * the old session, which aborts its requests.
 */
export function useSession(options: UseSessionOptions): BillingSession {
  const { client, initialAccess, customerId, personId } = options;
  const who = customerId === undefined ? initialAccess?.customerId : customerId;
  // A prop of the first customer may still be there when the second one's id arrives.
  const access = initialAccess !== null && initialAccess.customerId === who ? initialAccess : null;
  const asks = { who, personId, client, canManage: access?.canManage };

  const [held, setHeld] = useState(() => hold(options, asks, access, findReturn()));
  let current = held;
  if (isOther(held.asks, asks)) {
    current = hold(options, asks, access, returnOf(held, asks));
    setHeld(current);
  }
  const { session } = current;

  // The server rendered again, for the same person: take what it decided later than we knew.
  useEffect(() => {
    const known = session.access.getSnapshot().value;
    if (access !== null && (known === null || access.decidedAt > known.decidedAt)) session.access.set(access);
  }, [session, access]);
  return session;
}

interface Asks {
  readonly who: string | null | undefined;
  readonly personId: string | null | undefined;
  readonly client: SessionOptions["client"];
  /** All that the server's answer tells of the person; `undefined` while no prop says. */
  readonly canManage: boolean | undefined;
}

interface Held {
  readonly asks: Asks;
  readonly returnedFrom: string | null;
  readonly session: BillingSession;
}

function isOther(before: Asks, now: Asks): boolean {
  return (
    before.client !== now.client ||
    before.who !== now.who ||
    before.personId !== now.personId ||
    (now.canManage !== undefined && before.canManage !== now.canManage)
  );
}

/** The checkout that is asked about: also by who signs in late, but never another one's. */
function returnOf({ asks: before, returnedFrom }: Held, now: Asks): string | null {
  const isAnother = (["who", "personId", "canManage"] as const).some(
    (key) => before[key] !== undefined && before[key] !== null && before[key] !== now[key],
  );
  return isAnother ? null : (returnedFrom ?? findReturn());
}

function hold(
  options: UseSessionOptions,
  asks: Asks,
  initialAccess: SessionOptions["initialAccess"],
  returnedFrom: string | null,
): Held {
  return { asks, returnedFrom, session: createSession({ ...options, initialAccess, returnedFrom }) };
}
