import { randomUUID } from "node:crypto";
import {
  availableIn,
  BillingError,
  type CreditsHold,
  type CreditsHoldState,
  type CreditsOf,
  decideCommit,
  decideRelease,
  decideReserve,
  type IsoTime,
} from "@tollgate/core";
import {
  checkCreditsAmount,
  checkCreditsKey,
  checkCreditsOf,
  checkReason,
  refuseOtherKey,
  refuseShortage,
  wrongOption,
} from "./check-credits-wish.js";
import type { CreditsContext } from "./credits-context.js";
import { runWithDue } from "./due-credits.js";

/** Credits that are to be held for work whose cost is known only afterwards. */
export interface CreditsReservation<K extends string = string> {
  /** Your own id of the customer. */
  readonly customerId: string;
  readonly credit: K;
  /** As many as the work may cost, from 1. */
  readonly amount: number;
  /** After which they are free again by themselves, from 1 to 86,400. @default 300 */
  readonly expiresInSeconds?: number;
  /**
   * Names the work, up to 255 characters: the same job that comes twice holds them once. Remembered as long as events are
   * (`eventRetentionDays`). @default each call is work of its own
   */
  readonly idempotencyKey?: string;
}

/** How a hold was settled. */
export interface CreditsSettlement {
  /** How many were used. */
  readonly used: number;
  /** How many the customer can use now. */
  readonly available: number;
}

/** Credits that are held. */
export interface HeldCredits {
  /** For `billing.credits.findHold`, in another process. */
  readonly id: string;
  readonly amount: number;
  readonly expiresAt: IsoTime;
  /** How it stood when it was read. */
  readonly state: CreditsHoldState;
  /** Whether this call found what an earlier one with the same key had reserved. */
  readonly duplicate: boolean;
  /** How many the customer could still use when it was read. */
  readonly available: number;
  /**
   * Uses so many of them, 0 included, and frees the rest; done again with the same number it changes nothing. What
   * exceeds the hold is taken from what is free.
   *
   * @throws BillingError `limit_reached` (402, `details`: `credit`, `available`, `amount`) where that is too little:
   * nothing was taken, and it stays held; `not_found` (404, `details.state`) when it was released, has expired or
   * was committed with another number; `invalid_quantity`, `store_unavailable`
   */
  commit(amount: number, options?: { readonly reason?: string }): Promise<CreditsSettlement>;
  /**
   * Frees them, if they are still held. A `duplicate` frees nothing: whoever reserved first may still be at work, and if
   * not, it expires by itself.
   *
   * @throws BillingError `store_unavailable`
   */
  release(): Promise<void>;
}

const defaultSeconds = 300;
const longestSeconds = 86_400;

export async function reserveCredits(
  context: CreditsContext,
  wish: CreditsReservation,
): Promise<HeldCredits> {
  const { customerId, credit, amount, expiresInSeconds = defaultSeconds, idempotencyKey } = wish;
  checkCreditsOf(context.catalog, wish);
  checkCreditsAmount(amount);
  if (idempotencyKey !== undefined) checkCreditsKey(idempotencyKey);
  if (!(expiresInSeconds >= 1 && expiresInSeconds <= longestSeconds))
    throw wrongOption("expiresInSeconds", `must be from 1 to ${longestSeconds}`);
  const holdId = idempotencyKey === undefined ? randomUUID() : `key:${idempotencyKey}`;
  const result = await runWithDue(
    context,
    { customerId, credit },
    {
      holdIds: idempotencyKey === undefined ? [] : [holdId],
      decide: (state) => {
        const expiresAt = new Date(Date.parse(state.now) + expiresInSeconds * 1000).toISOString();
        return decideReserve(state, { holdId, amount, expiresAt });
      },
    },
  );
  if (result.kind === "short")
    throw refuseShortage(context.catalog, { credit, amount, available: result.available });
  if (result.hold.amount !== amount) throw refuseOtherKey();
  return toHeld(context, { customerId, credit }, result.hold, {
    available: result.available,
    duplicate: result.kind === "duplicate",
  });
}

/** @returns `null`: there is none, or it was settled so long ago that it is forgotten */
export async function findHold(
  context: CreditsContext,
  { customerId, credit, holdId }: CreditsOf & { readonly holdId: string },
): Promise<HeldCredits | null> {
  const of = { customerId, credit };
  checkCreditsOf(context.catalog, of);
  const found = await context.creditsDesk.run(context, of, {
    holdIds: [holdId],
    decide: (state) => ({
      state,
      result: { hold: state.holds[holdId] ?? null, available: availableIn(state.account) },
    }),
  });
  const { hold, available } = found;
  return hold && toHeld(context, of, hold, { available, duplicate: false });
}

function toHeld(
  context: CreditsContext,
  of: CreditsOf,
  { id, amount, expiresAt, state }: CreditsHold,
  read: Pick<HeldCredits, "available" | "duplicate">,
): HeldCredits {
  return {
    ...{ id, amount, expiresAt, state },
    ...read,
    commit: (used, { reason } = {}) => commitHold(context, of, { holdId: id, amount: used, reason }),
    async release() {
      if (read.duplicate) return;
      await context.creditsDesk.run(context, of, { holdIds: [id], decide: (now) => decideRelease(now, id) });
    },
  };
}

async function commitHold(
  context: CreditsContext,
  of: CreditsOf,
  {
    holdId,
    amount,
    reason,
  }: { readonly holdId: string; readonly amount: number; readonly reason: string | undefined },
): Promise<CreditsSettlement> {
  checkCreditsAmount(amount, 0);
  checkReason(reason);
  const result = await runWithDue(context, of, {
    holdIds: [holdId],
    decide: (state) => decideCommit(state, { holdId, amount, reason: reason ?? null }),
  });
  switch (result.kind) {
    case "short":
      throw refuseShortage(context.catalog, { credit: of.credit, amount, available: result.available });
    case "missing":
      throw notHeld("expired");
    case "closed":
      throw notHeld(result.hold.state);
    default:
      return { used: amount, available: result.available };
  }
}

function notHeld(state: CreditsHoldState): BillingError {
  return new BillingError("not_found", "These credits are no longer held.", { details: { state } });
}
