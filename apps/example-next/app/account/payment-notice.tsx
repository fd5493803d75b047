import type { AccessState } from "@tollgate/core";
import { sayDate, sayMoney } from "./say";

type Trouble = Pick<AccessState, "attention" | "paymentTrouble" | "graceEndsAt">;

/** What a payment that failed means, and the way out, for whoever manages billing. */
export function PaymentNotice({ attention, paymentTrouble, graceEndsAt }: Trouble) {
  if (attention !== "payment_failed") return null;
  const { due, nextAttemptAt } = paymentTrouble ?? {};
  return (
    <section className="panel notice" role="alert">
      <h2>Your last payment failed</h2>
      <p>
        {due ? `${sayMoney(due)} could not be charged.` : "Your card could not be charged."}{" "}
        {nextAttemptAt && `The next attempt is on ${sayDate(nextAttemptAt)}. `}
        {graceEndsAt && `You keep your plan until ${sayDate(graceEndsAt)}.`}
      </p>
      <a className="site-button" href="/api/billing/portal/card">
        Use another card
      </a>
    </section>
  );
}
