import { BillingError, type Subscription } from "@tollgate/core";
import { forgetCustomer } from "../customers/forget-customer.js";
import { applyEvent } from "../sync/apply-event.js";
import { endMissing, endOf } from "../sync/end-missing.js";
import { saveRead } from "../sync/save-read.js";
import { type ConfirmedDifference, confirmDifference } from "./confirm-difference.js";
import type { ExplainedDifference } from "./explain-confirmed.js";
import { linkOrphan } from "./link-orphan.js";
import type { RunningReconcile } from "./reconcile-run.js";

/** Each loses only to a webhook that saved the same subscription meanwhile. */
const tries = 4;

/**
 * Writes the provider's truth into the store, with the callbacks that follow. What only a person can decide (to whom a
 * customer belongs, which account the key belongs to) stays as it is.
 *
 * @returns whether the store has the provider's truth now
 */
export async function repairDifference(
  run: RunningReconcile,
  confirmed: ConfirmedDifference,
  { explained, claim, missed }: ExplainedDifference,
): Promise<boolean> {
  const { context, pace } = run;
  switch (explained.cause) {
    case "other_owner":
    case "ended_in_store":
    case "unknown_state":
      return false;
    case "missing_at_provider":
      return endHere(run, confirmed);
    case "orphaned_customer":
      if (confirmed.actual === null || !(await linkOrphan(run, confirmed.actual, claim))) return false;
      return saveTruth(run, await confirmDifference(run, confirmed.subscriptionId, null));
    case "customer_deleted":
      await forgetOwner(run, confirmed);
      break;
    case "unknown_price":
      // There is nothing to store about what was never a plan of ours.
      if (confirmed.stored === null) return false;
      break;
    case "missed_event":
    case "manual_change":
      break;
  }
  for (const event of missed) await pace(() => applyEvent(context, event));
  const unchanged = missed.length === 0 && explained.cause !== "customer_deleted";
  return saveTruth(run, unchanged ? confirmed : await confirmDifference(run, confirmed.subscriptionId, null));
}

/** A read that was overtaken is repeated; `null`: nothing differs any more. */
async function saveTruth(run: RunningReconcile, confirmed: ConfirmedDifference | null): Promise<boolean> {
  const { context, pace } = run;
  let left = confirmed;
  for (let attempt = 0; attempt < tries && left !== null; attempt += 1) {
    const { subscriptionId, stored, revision, actual, asOf }: ConfirmedDifference = left;
    const customerId = stored?.customerId ?? left.ownerId;
    const state = actual?.state;
    if (actual === null || state === undefined || state === "unreadable" || customerId === null) return false;
    if (state === "foreign" && actual.endedAt !== null) {
      if (stored === null) throw new BillingError("internal", "Only what is stored can be ended.");
      const end = endOf(stored, endIdOf(stored), actual.endedAt);
      await pace(() => applyEvent(context, end));
    } else {
      const known = stored === null || revision === null ? null : { subscription: stored, revision };
      const read = { value: state, asOf };
      const outcome = await saveRead(context, { read, stored: known, customerId, cause: { kind: "repair" } });
      if (outcome === "applied") return true;
    }
    left = await confirmDifference(run, subscriptionId, null);
  }
  return left === null;
}

async function endHere(run: RunningReconcile, { stored }: ConfirmedDifference): Promise<boolean> {
  if (stored === null) return true;
  return run.pace(() => endMissing(run.context, stored, endIdOf(stored)));
}

function endIdOf({ id }: Subscription): string {
  return `reconcile:${id}:ended`;
}

async function forgetOwner(run: RunningReconcile, { ownerId, actual }: ConfirmedDifference): Promise<void> {
  const { context, pace } = run;
  if (ownerId === null || actual === null) return;
  const { providerCustomerId } = actual.customer;
  const link = { customerId: ownerId, provider: context.provider.id, providerCustomerId };
  await pace(() => forgetCustomer(context, link));
}
