import { decideCreditsGrant, decideRevoke, defaultCreditsPriority, grantKey } from "@tollgate/core";
import {
  checkCreditsAmount,
  checkCreditsKey,
  checkCreditsOf,
  checkExpiry,
  checkReason,
  refuseOtherKey,
  wrongOption,
} from "./check-credits-wish.js";
import type { CreditsContext } from "./credits-context.js";

/** Credits that your own code grants. */
export interface CreditsGift<K extends string = string> {
  /** Your own id of the customer. */
  readonly customerId: string;
  readonly credit: K;
  /** From 1 to a million million. */
  readonly amount: number;
  /** @default they never expire */
  readonly expiresAt?: Date | string | null;
  /** From 0 to 100: those with the lowest number are used first. @default 50, as those of plans and products */
  readonly priority?: number;
  /** Why, up to 500 characters: it stays in the ledger. */
  readonly reason: string;
  /** Names the grant, up to 255 characters: the same key of the same customer and credit grants once, for good. */
  readonly idempotencyKey: string;
}

/** What `billing.credits.grant` granted. */
export interface CreditsGifted {
  /** `false`: this key granted before, and nothing was granted now. */
  readonly granted: boolean;
  /** For `billing.credits.revoke`. */
  readonly grantId: string;
}

/** Credits that your own code takes back. */
export interface CreditsRevocation<K extends string = string> {
  /** Your own id of the customer. */
  readonly customerId: string;
  readonly credit: K;
  /** @default all that are free */
  readonly amount?: number;
  /** @default of all grants, in the order in which they would be used */
  readonly grantId?: string;
  /** Why, up to 500 characters: it stays in the ledger. */
  readonly reason: string;
  /** Names it, up to 255 characters: the same key takes back once. */
  readonly idempotencyKey: string;
}

export async function grantCredits(context: CreditsContext, gift: CreditsGift): Promise<CreditsGifted> {
  const { customerId, credit, amount, priority = defaultCreditsPriority, reason, idempotencyKey } = gift;
  checkCreditsOf(context.catalog, gift);
  checkCreditsAmount(amount);
  checkCreditsKey(idempotencyKey);
  checkReason(reason);
  if (!(Number.isInteger(priority) && priority >= 0 && priority <= 100))
    throw wrongOption("priority", "must be a whole number from 0 to 100");
  const expiresAt = checkExpiry(gift.expiresAt, context.clock());
  const id = `hand:${idempotencyKey}`;
  const source = { kind: "hand" } as const;
  const { kind, grant } = await context.creditsDesk.run(
    context,
    { customerId, credit },
    {
      keys: [grantKey(id)],
      decide: (state) => decideCreditsGrant(state, { id, source, amount, priority, expiresAt, reason }),
    },
  );
  if (grant.amount !== amount) throw refuseOtherKey();
  return { granted: kind === "granted", grantId: grant.id };
}

export async function revokeCredits(
  context: CreditsContext,
  wish: CreditsRevocation,
): Promise<{ readonly revoked: number }> {
  const { customerId, credit, amount, grantId = null, reason, idempotencyKey } = wish;
  checkCreditsOf(context.catalog, wish);
  if (amount !== undefined) checkCreditsAmount(amount);
  checkCreditsKey(idempotencyKey);
  checkReason(reason);
  const key = `revoke:${idempotencyKey}`;
  const result = await context.creditsDesk.run(
    context,
    { customerId, credit },
    {
      keys: [key],
      decide: (state) => decideRevoke(state, { grantId, amount: amount ?? null, reason, key }),
    },
  );
  return { revoked: result.amount };
}
