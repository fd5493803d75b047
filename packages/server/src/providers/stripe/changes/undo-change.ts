import type { ProviderChanges } from "@tollgate/core";
import { type ChangeTools, readScheduled } from "./change-terms.js";
import { findOwnSchedule, releaseSchedule } from "./own-schedule.js";
import { dropPending } from "./pending-payment.js";

/** Withdraws what was scheduled, or waits for a payment. */
export async function undoChange(
  { call, names }: Pick<ChangeTools, "call" | "names">,
  { subscription, idempotencyKey }: Parameters<ProviderChanges["undo"]>[0],
): Promise<void> {
  const found = await readScheduled(call, subscription.id);
  const schedule = findOwnSchedule(found, names);
  await dropPending(call, found);
  if (schedule !== null) await releaseSchedule(call, schedule, idempotencyKey);
}
