import {
  BillingError,
  type ChangeChoice,
  type ChangeKind,
  type IsoTime,
  type ProviderChange,
  subscriptionToChange,
} from "@tollgate/core";
import { underKey } from "../idempotency/under-key.js";
import { applyRead } from "../sync/apply-read.js";
import type { ChangesContext } from "./changes-context.js";
import { type FoundChange, findChange, toProviderChange } from "./find-change.js";
import { previewOutdated, prorateFromOf, readToken } from "./preview-token.js";
import { priceChange } from "./price-change.js";

/** What became of a change. */
export interface SettledChange {
  /**
   * `requires_action`: nothing has changed yet; the browser confirms the payment with `clientSecret`. `processing`:
   * nothing has changed yet, and will when the money arrives.
   */
  readonly status: "changed" | "scheduled" | "undone" | "requires_action" | "processing";
  readonly effectiveAt: IsoTime;
  /** What the browser confirms the payment with; `null` unless that is required. */
  readonly clientSecret: string | null;
}

/**
 * Makes a change, and applies what the provider says of it at once: a webhook that comes later changes nothing. With the
 * token of a preview it charges what was shown, or nothing; a second call with it finds that it is done.
 *
 * @param only what it may be; by the time that it is made it may have become something else. @default anything
 * @throws BillingError what `findChange` throws; `preview_outdated`, `payment_failed`
 */
export async function settleChange(
  everyone: ChangesContext,
  customerId: string,
  { preview, ...choice }: ChangeChoice & { readonly preview?: string | undefined },
  only: readonly ChangeKind[] = [],
): Promise<SettledChange> {
  const found = await findAgain(everyone, customerId, choice, preview);
  if ("status" in found) return found;
  if (only.length > 0 && !only.includes(found.change.kind)) {
    throw new BillingError("nothing_to_change", "Somebody else has changed it meanwhile.");
  }
  const now = everyone.clock();
  const prorateFrom = preview === undefined ? prorateFromOf(now) : readToken(preview, now);
  const priced = preview === undefined ? null : await priceChange(found, prorateFrom);
  if (priced !== null && priced.token !== preview) throw previewOutdated();
  const settled = await makeChange(found, prorateFrom, priced?.state).catch(async (error: unknown) => {
    if (!(error instanceof BillingError) || error.code !== "preview_outdated") throw error;
    // Another click came first; maybe it wanted the same.
    const again = await findAgain(everyone, customerId, choice, preview);
    if ("status" in again) return again;
    throw error;
  });
  const { subscription } = found.change;
  const { id: subscriptionId, provider } = subscription;
  await applyRead(found.context, {
    provider,
    subscriptionId,
    customerId,
    cause: { kind: "command", name: "change" },
  });
  // Somebody is waiting for it, and the next request may reach another instance.
  await everyone.store.announceChanges();
  return settled;
}

/** Whoever agreed to a change that has been made already, by another click or before the answer got lost, has it. */
async function findAgain(
  context: ChangesContext,
  customerId: string,
  choice: ChangeChoice,
  preview: string | undefined,
): Promise<FoundChange | SettledChange> {
  try {
    return await findChange(context, customerId, choice);
  } catch (error) {
    const isDone = error instanceof BillingError && error.code === "nothing_to_change";
    if (!isDone || preview === undefined) throw error;
    const subscriptions = await context.store.listSubscriptions(customerId);
    const pending = subscriptionToChange(context.catalog, subscriptions, choice.planId)?.pendingChange;
    const effectiveAt = pending?.at ?? context.clock().toISOString();
    return { status: pending ? "scheduled" : "changed", effectiveAt, clientSecret: null };
  }
}

async function makeChange(
  found: FoundChange,
  prorateFrom: string,
  state: string | undefined,
): Promise<SettledChange> {
  const { context, changes, change } = found;
  const { id, provider } = change.subscription;
  const { effectiveAt, kind } = change;
  // The provider adds the state that is left, so that of two changes of one state only one is made.
  const purpose = ["change", provider, id];
  const asked = toProviderChange(found, prorateFrom);
  const done = { effectiveAt, clientSecret: null };
  if (kind === "undo" || change.at === "period_end") {
    await plan(found, asked);
    return { ...done, status: kind === "undo" ? "undone" : "scheduled" };
  }
  return underKey(context, purpose, async (idempotencyKey): Promise<SettledChange> => {
    const outcome = await changes.changeNow(
      { ...asked, idempotencyKey, ...(state !== undefined && { state }) },
      context.catalog,
    );
    if (outcome.status === "declined") throw declined(outcome.reason);
    if (outcome.status === "requires_action") return { ...done, ...outcome };
    return { ...done, status: outcome.status };
  });
}

/** Agrees on what comes next, or that nothing does. */
async function plan({ context, changes, change }: FoundChange, asked: ProviderChange): Promise<void> {
  const { id, provider } = change.subscription;
  const stored = await context.store.findStoredSubscription(id, provider);
  // What was agreed and undone can be agreed again.
  const purpose = ["plan-change", provider, id, stored?.revision ?? ""];
  await underKey(context, purpose, async (idempotencyKey) => {
    if (change.kind === "undo") await changes.undo({ subscription: asked.subscription, idempotencyKey });
    else await changes.schedule({ ...asked, idempotencyKey }, context.catalog);
  });
}

function declined(reason: string | null): BillingError {
  const message = "The payment was declined, and nothing has changed. Try another card.";
  return new BillingError("payment_failed", message, { ...(reason !== null && { details: { reason } }) });
}
