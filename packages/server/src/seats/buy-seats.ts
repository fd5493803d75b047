import { BillingError, type ChangeKind, decideSeats, type SeatRecord, type SeatTarget } from "@tollgate/core";
import { settleChange } from "../changes/settle-change.js";
import { withdrawChange } from "../changes/withdraw-change.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import type { SeatsContext } from "./seats-context.js";

/** Each attempt loses only to another change of the same subscription. */
const tries = 6;

/** Seats that are bought are never fewer: by the time that it is asked, somebody else may have bought more. */
const more: readonly ChangeKind[] = ["more_seats"];

/**
 * Pays for the seats that members lack, and makes sure that nobody else has meanwhile.
 *
 * @throws BillingError what a change throws; `payment_failed` also where a person would have to confirm the payment, or
 * where its money is on the way; `limit_reached` where no more are sold
 */
export async function buySeats(context: SeatsContext, record: SeatRecord): Promise<void> {
  const { catalog, store, seatPolicy: rules, clock } = context;
  const { customerId } = record;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const subscriptions = await store.listSubscriptions(customerId);
    const step = decideSeats({ catalog, subscriptions, record, rules, now: clock() });
    if (step.kind === "beyond") throw tooMany(record.count, step.most);
    if (step.kind !== "buy") return;
    try {
      await pay(context, customerId, step.target);
    } catch (error) {
      if (!wasOvertaken(error)) throw error;
      await waitForTurn(attempt);
    }
  }
  throw new BillingError("provider_unavailable", "The seats are changing too fast. Try again.");
}

async function pay(context: SeatsContext, customerId: string, target: SeatTarget): Promise<void> {
  const { status } = await settleChange(context, customerId, target, more);
  if (status === "requires_action") {
    // Nobody is here who could confirm it, and nobody is to be surprised by it later.
    await withdrawChange(context, customerId, target.planId);
    throw unpaid(
      "authentication_required",
      "a person has to confirm the payment: buy the seats on the billing page",
    );
  }
  if (status === "processing") throw unpaid("processing", "the payment is on its way");
}

/** Whether the subscription was changed since it was read. */
export function wasOvertaken(error: unknown): boolean {
  return (
    error instanceof BillingError && (error.code === "nothing_to_change" || error.code === "preview_outdated")
  );
}

function unpaid(reason: string, why: string): BillingError {
  return new BillingError("payment_failed", `The seats are not paid: ${why}.`, { details: { reason } });
}

export function tooMany(used: number, limit: number): BillingError {
  return new BillingError("limit_reached", `There would be ${used} members, and the plan allows ${limit}.`, {
    details: { reason: "limit_reached", limit, used },
  });
}
