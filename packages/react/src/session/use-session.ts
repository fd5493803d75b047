import type { AccessState } from "@tollgate/core";
import { useEffect, useState } from "react";
import { findReturn } from "./checkout-return.js";
import { type BillingSession, createSession, type SessionOptions } from "./create-session.js";

interface UseSessionOptions extends Omit<SessionOptions, "returnedFrom" | "initialAccess"> {
  readonly initialAccess: AccessState | undefined;
  /** Who is asking, where several people act for one customer. */
  readonly personId: string | null | undefined;
}

/**
 * The session of whoever pays and whoever is asking. Another customer, or another person acting for the same one, gets
 * another session within the same render, so no frame shows what the first one may see or do; the hooks below then
 * leave the old session, which aborts its requests.
 */
export function useSession(options: UseSessionOptions): BillingSession {
  const { client, initialAccess, customerId, personId } = options;
  const who = customerId === undefined ? initialAccess?.customerId : customerId;
  // A prop of the first customer may still be there when the second one's id arrives.
  const access = initialAccess?.customerId === who ? (initialAccess ?? null) : null;
  const asks: Asks = { client, who: [who, personId, access?.canManage] };

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
  readonly client: SessionOptions["client"];
  /**
   * Who pays, who is asking, and everything that the server's answer says about the latter: `undefined` while no prop
   * says.
   */
  readonly who: readonly [
    customerId: string | null | undefined,
    personId: string | null | undefined,
    canManage: boolean | undefined,
  ];
}

interface Held {
  readonly asks: Asks;
  readonly returnedFrom: string | null;
  readonly session: BillingSession;
}

function isOther(before: Asks, { client, who }: Asks): boolean {
  // What the server said stays true while a later render has no answer from it.
  const isChanged = who.some((one, index) => one !== before.who[index] && (index < 2 || one !== undefined));
  return before.client !== client || isChanged;
}

/** The checkout that is asked about: even by somebody who signs in late, but never somebody else's. */
function returnOf({ asks, returnedFrom }: Held, { who }: Asks): string | null {
  const isAnother = asks.who.some((one, index) => one !== undefined && one !== null && one !== who[index]);
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
