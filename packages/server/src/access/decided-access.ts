import {
  type Access,
  type AccessFacts,
  type AccessState,
  asMember,
  createAccess,
  type IsoTime,
} from "@tollgate/core";
import type { Identity } from "../context/identity.js";

/** What was decided about one customer, ready for whoever asks. */
export interface DecidedAccess {
  /** Already resolved, so that a warm `await` costs one step and no allocation. */
  readonly promised: Readonly<Record<Identity["role"], Promise<Access>>>;
  readonly state: AccessState;
  /** The next moment at which the same facts mean something else; `null`: only an event can change it. */
  readonly changesAt: IsoTime | null;
  /** What it was decided from, where an outage may need it. */
  readonly facts: AccessFacts | null;
}

/**
 * Everybody who asks shares these objects; only their types keep anybody from changing them, because freezing takes as
 * long as deciding.
 *
 * @param state As a manager sees it; what members see of it, `asMember` says.
 */
export function toDecidedAccess(
  state: AccessState,
  changesAt: IsoTime | null,
  facts: AccessFacts | null,
): DecidedAccess {
  const manager = createAccess(state);
  const member = createAccess(asMember(state));
  const promised = { manager: Promise.resolve(manager), member: Promise.resolve(member) };
  return { promised, state, changesAt, facts };
}
