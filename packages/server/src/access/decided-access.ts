import { type Access, type AccessFacts, type AccessState, createAccess, type IsoTime } from "@tollgate/core";
import type { Identity } from "../identity.js";

/** What was decided about one customer, ready for whoever asks. */
export interface DecidedAccess {
  /** Already resolved, so that a warm `await` costs one step and no allocation. */
  readonly promised: Readonly<Record<Identity["role"], Promise<Access>>>;
  readonly state: AccessState;
  /** The next moment at which the same facts mean something else; `null`: only news can change it. */
  readonly changesAt: IsoTime | null;
  /** What it was decided from, where an outage may need it. */
  readonly facts: AccessFacts | null;
}

/** @param state As a manager sees it; a member's differs in `canManage` alone. */
export function toDecidedAccess(
  state: AccessState,
  changesAt: IsoTime | null,
  facts: AccessFacts | null,
): DecidedAccess {
  // Everybody who asks shares these objects: nobody may change them for the others.
  const manager = createAccess(freeze(state));
  const member = createAccess(Object.freeze({ ...state, canManage: false }));
  const promised = { manager: Promise.resolve(manager), member: Promise.resolve(member) };
  return { promised, state, changesAt, facts };
}

function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
