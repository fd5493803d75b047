import {
  BillingError,
  type Change,
  type ChangeChoice,
  type ChangeTime,
  decideChange,
  type ProviderChange,
  type ProviderChanges,
  type SeatsInUse,
  seatsInUse as seatsOf,
  subscriptionToChange,
} from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import { applyRead } from "../sync/apply-read.js";
import { reportBefore } from "../usage/report-usage.js";
import type { ChangesContext } from "./changes-context.js";

/** A change that was decided, with the provider that makes it. */
export interface FoundChange {
  /** With the provider that bills the subscription. */
  readonly context: ChangesContext;
  readonly changes: ProviderChanges;
  readonly change: Change;
}

/**
 * Decides about a choice by what the provider says now, which is applied at once: what is stored may be behind.
 *
 * @throws BillingError what `decideChange` throws; `not_supported`, `provider_not_configured`
 */
export async function findChange(
  everyone: ChangesContext,
  customerId: string,
  choice: ChangeChoice,
  members?: SeatsInUse,
): Promise<FoundChange> {
  const { catalog, store, changePolicies: policies, clock } = everyone;
  const known = await store.listSubscriptions(customerId);
  const meant = subscriptionToChange(catalog, known, choice.planId);
  const seatsInUse = members ?? seatsOf(await store.listSeats(customerId));
  const decide = (subscriptions: typeof known) =>
    decideChange({ catalog, subscriptions, choice, policies, seatsInUse, now: clock() });
  if (meant === null) throw unexpected(decide(known));
  const context = atProvider(everyone, meant.provider);
  const changes = requireChanges(context);
  await reportBefore(context, meant);
  await applyRead(context, { provider: meant.provider, subscriptionId: meant.id, customerId });
  const change = decide(await store.listSubscriptions(customerId));
  requireTime(context, changes, change.at);
  return { context, changes, change };
}

/** @throws BillingError `not_supported` */
export function requireChanges({ provider }: ChangesContext): ProviderChanges {
  const { changes } = provider.manage;
  if (changes !== undefined) return changes;
  throw new BillingError("not_supported", "The payment provider can't change a subscription by API.", {
    details: { provider: provider.id },
  });
}

function requireTime({ provider }: ChangesContext, { times }: ProviderChanges, at: ChangeTime): void {
  if (times.includes(at)) return;
  throw new BillingError("not_supported", "The payment provider can't make this change at that time.", {
    details: { provider: provider.id, at },
  });
}

/** Without a subscription there is nothing to decide but the refusal. */
function unexpected({ subscription }: Change): Error {
  return new Error(`The subscription ${subscription.id} appeared from nowhere.`);
}

/** The change as the provider is asked for it. */
export function toProviderChange({ context, change }: FoundChange, prorateFrom: string): ProviderChange {
  const { at, prorate, itemId, subscription, to } = change;
  return { at, prorate, itemId, subscription, to, prorateFrom, database: context.owner.database };
}
