import { decideReturn, type Job } from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import type { CreditsContext } from "../credits/credits-context.js";
import { settlePaidCredits, settleToppedUpCredits } from "../credits/due-credits.js";
import { findPayer } from "../sync/find-payer.js";
import { endReturned } from "./end-returned.js";
import type { RefundOptions } from "./refund-rules.js";
import { returnProduct } from "./return-product.js";

/** What a refund does is up to the app's policy. */
export interface RefundsContext extends CreditsContext {
  readonly refunds: Required<RefundOptions>;
}

/** Decides by what the provider says now: the refund may have failed since it was heard of. */
export async function settleRefund(
  everyone: RefundsContext,
  { provider, refundId }: Extract<Job, { type: "settle_refund" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (everyone.providers.find(provider) === null) return;
  const context = atProvider(everyone, provider);
  const found = (await context.provider.refunds?.read(refundId)) ?? null;
  if (found === null || found.refund.status === "pending") return;
  const payer = await findPayer(context, found, null);
  if (payer.kind === "nobody") return;
  const { books, access: choice, refund } = found;
  const rule = context.refunds.full;
  const gone = refund.status === "succeeded" ? books.refunded : 0;
  const isGone = decideReturn({ books, gone, choice, rule, now: context.clock() }) === "end";
  const { subscriptionId, checkoutId } = books;
  if (checkoutId) {
    await returnProduct(context, { ...payer, checkoutId, by: refundId, isGone });
    await settlePaidCredits(context, { ...payer, checkoutId, books });
  }
  await settleToppedUpCredits(context, { ...payer, books });
  if (!isGone || subscriptionId === null) return;
  await endReturned(context, { ...payer, subscriptionId, why: "its payment was refunded" });
}
