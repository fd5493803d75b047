import type { DuplicateAction } from "../language/callback.js";
import type { DuplicateRecord } from "../language/duplicate-record.js";
import type { Subscription } from "../language/subscription.js";
import { findDuplicates } from "./find-duplicates.js";

/** What to write about second subscriptions, and what to carry out. */
export interface DuplicateDecisions {
  /** To be written. */
  readonly fresh: readonly DuplicateRecord[];
  /** Decided now or before, and not done. */
  readonly open: readonly DuplicateRecord[];
}

/**
 * Decides about the second subscriptions of one plan group, at whichever providers, by the app's policy. Each is decided once, and nothing anew
 * before what was decided is done.
 *
 * @param input.known what was decided in this group before, done or not
 * @param input.subscriptions all of the customer's
 * @example
 * function nothingToDo(customerId: string): boolean {
 *   const actions = [{ provider: "stripe", action: "keep" }] as const;
 *   const scope = { customerId, group: "main", actions, now: new Date() };
 *   return decideDuplicates({ ...scope, known: [], subscriptions: [] }).open.length === 0; // true
 * }
 */
export function decideDuplicates(input: {
  readonly customerId: string;
  readonly group: string;
  /** What others bill can be neither read nor ended. */
  readonly actions: readonly { readonly provider: string; readonly action: DuplicateAction }[];
  readonly now: Date;
  readonly known: readonly DuplicateRecord[];
  readonly subscriptions: readonly Subscription[];
}): DuplicateDecisions {
  const { customerId, group, actions, now, known, subscriptions } = input;
  const decided = known.filter(({ state }) => state === "decided");
  if (decided.length > 0) return { fresh: [], open: decided };
  const actionAt = new Map(actions.map(({ provider, action }) => [provider, action]));
  const own = subscriptions.filter((one) => one.group === group && actionAt.has(one.provider));
  const fresh = findDuplicates(own, now).flatMap(({ duplicate, kept }): DuplicateRecord[] => {
    const { id: subscriptionId, provider } = duplicate;
    const action = actionAt.get(provider);
    const isKnown = known.some((one) => one.subscriptionId === subscriptionId && one.provider === provider);
    if (isKnown || action === undefined) return [];
    const elsewhere = kept.provider === provider ? {} : { keptProvider: kept.provider };
    const head = { provider, subscriptionId, customerId, group, keptId: kept.id, ...elsewhere };
    return [{ ...head, action, state: "decided", refund: null }];
  });
  return { fresh, open: fresh };
}
