import type { Callback } from "../language/callback.js";
import type { CreditsTopUp } from "../language/top-up.js";

/**
 * What the app is told of an automatic top-up that changed: that one was paid, or why there was none.
 *
 * @example
 * tellTopUp({ customerId: "org_1", credit: "tokens", before: undefined, after: undefined }); // []
 */
export function tellTopUp(change: {
  readonly customerId: string;
  readonly credit: string;
  readonly before: CreditsTopUp | undefined;
  readonly after: CreditsTopUp | undefined;
}): readonly Callback[] {
  const { customerId, credit, before, after } = change;
  if (after === undefined) return [];
  const { attempt, trouble, active } = after;
  const isPaid =
    attempt?.state === "paid" &&
    (before?.attempt?.number !== attempt.number || before.attempt.state !== "paid");
  const of = `${customerId}:${credit}`;
  if (isPaid && attempt.invoiceId !== null) {
    const { number, productId, credits: amount, currency, invoiceId } = attempt;
    const data = {
      customerId,
      credit,
      productId,
      credits: amount,
      amount: attempt.amount,
      currency,
      invoiceId,
    };
    return [{ id: `${of}:credits.topped_up:${number}`, type: "credits.topped_up", data }];
  }
  if (trouble === null || trouble === before?.trouble) return [];
  const { reason, detail, at } = trouble;
  const invoiceId = reason === "cap_reached" ? null : (attempt?.invoiceId ?? null);
  const { productId, amount, currency } = after;
  const data = { customerId, credit, productId, amount, currency, reason, detail, invoiceId, active };
  return [{ id: `${of}:credits.top_up_failed:${reason}:${at}`, type: "credits.top_up_failed", data }];
}
