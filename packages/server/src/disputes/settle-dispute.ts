import { type DisputeRules, decideDisputeReturn, decideFraudWarning, type Job } from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import type { CreditsContext } from "../credits/credits-context.js";
import { settlePaidCredits, settleToppedUpCredits } from "../credits/due-credits.js";
import { underKey } from "../idempotency/under-key.js";
import { endReturned } from "../refunds/end-returned.js";
import { returnProduct } from "../refunds/return-product.js";
import { findPayer } from "../sync/find-payer.js";

/** What disputes and warnings do is up to the app's policy. */
export interface DisputesContext extends CreditsContext {
  readonly disputes: DisputeRules;
}

/** Decides by what the provider says now: it may have been decided since it was heard of. */
export async function settleDispute(
  everyone: DisputesContext,
  { provider, disputeId }: Extract<Job, { type: "settle_dispute" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (everyone.providers.find(provider) === null) return;
  const context = atProvider(everyone, provider);
  const found = (await context.provider.disputes?.read(disputeId)) ?? null;
  if (found === null) return;
  const payer = await findPayer(context, found, null);
  if (payer.kind === "nobody") return;
  const { subscriptionId, checkoutId } = found.books;
  const rules = context.disputes;
  const isGone = decideDisputeReturn({ ...found, rules, now: context.clock() }) === "end";
  if (checkoutId) {
    await returnProduct(context, { ...payer, checkoutId, by: disputeId, isGone });
    await settlePaidCredits(context, { ...payer, checkoutId, books: found.books });
  }
  await settleToppedUpCredits(context, { ...payer, books: found.books });
  if (!isGone || subscriptionId === null) return;
  await endReturned(context, { ...payer, subscriptionId, why: "its payment was disputed" });
}

/** The subscription ends by its refund, as with any other. */
export async function settleFraudWarning(
  everyone: DisputesContext,
  { provider, warningId }: Extract<Job, { type: "settle_fraud_warning" }>,
): Promise<void> {
  if (everyone.providers.find(provider) === null) return;
  const context = atProvider(everyone, provider);
  const port = context.provider.disputes;
  const found = (await port?.readWarning(warningId)) ?? null;
  if (port === undefined || found === null) return;
  const payer = await findPayer(context, found, null);
  const rule = context.disputes.fraudWarnings;
  if (payer.kind === "nobody" || decideFraudWarning({ ...found, rule }) === "tell") return;
  await underKey(context, ["fraud_warning", warningId], (idempotencyKey) =>
    port.refundWarned({ warningId, idempotencyKey }),
  );
  const { paymentId } = found.warning;
  const fields = { provider, customerId: payer.customerId, warningId, paymentId };
  context.logger.warn(fields, "A payment was given back, because its network warned of fraud");
}
