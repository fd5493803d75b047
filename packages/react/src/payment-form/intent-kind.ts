import { CodedError } from "@tollgate/core";

export type IntentKind = "payment" | "setup";

/**
 * Whether a client secret belongs to a payment (`pi_…`) or to a card to save (`seti_…`). A subscription's trial has
 * nothing to pay, so its secret is a setup intent's.
 *
 * @throws BillingError `invalid_options` when it is neither; the message does not repeat it.
 */
export function intentKindOf(clientSecret: string): IntentKind {
  if (/^pi_\w+_secret_/.test(clientSecret)) return "payment";
  if (/^seti_\w+_secret_/.test(clientSecret)) return "setup";
  throw new CodedError(
    "invalid_options",
    500,
    "PaymentForm needs the client secret of a payment intent (pi_…_secret_…) or of a setup intent (seti_…_secret_…).",
  );
}
