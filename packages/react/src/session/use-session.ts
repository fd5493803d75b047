import { useEffect, useState } from "react";
import { type BillingSession, createSession, type SessionOptions } from "./create-session.js";

/**
 * The session of who is signed in. Another customer gets another session within the same render, so no
 * frame shows the first one's billing; the hooks below then leave the old session, which aborts its
 * requests.
 */
export function useSession(options: SessionOptions): BillingSession {
  const { client, initialAccess, customerId } = options;
  const who = customerId === undefined ? initialAccess?.customerId : customerId;
  // A prop of the first customer may still be there when the second one's id arrives.
  const access = initialAccess !== null && initialAccess.customerId === who ? initialAccess : null;

  const [held, setHeld] = useState(() => hold(options, who, access));
  let current = held;
  if (held.who !== who || held.client !== client) {
    current = hold(options, who, access);
    setHeld(current);
  }
  const { session } = current;

  // The server rendered again, for the same customer: take what it decided later than we knew.
  useEffect(() => {
    const known = session.access.getSnapshot().value;
    if (access !== null && (known === null || access.decidedAt > known.decidedAt)) session.access.set(access);
  }, [session, access]);
  return session;
}

function hold(
  options: SessionOptions,
  who: string | null | undefined,
  initialAccess: SessionOptions["initialAccess"],
) {
  return { who, client: options.client, session: createSession({ ...options, initialAccess }) };
}
