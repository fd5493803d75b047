"use client";

import { formatMoney } from "@tollgate/core";
import { useAccess } from "../../billing/kit";
import { plans } from "../../billing/plans";

const dates = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

/** The subscription in a sentence or two: what it is, what it costs, when it renews or ends. */
export function Plan() {
  const access = useAccess();
  if (access.status === "loading") return <p>Loading your plan…</p>;
  if (access.status !== "ready") return <p role="alert">Your plan could not be read. Reload to try again.</p>;
  const { planId, subscription } = access.state;
  const name =
    planId && planId in plans.plans ? plans.plans[planId as keyof typeof plans.plans].name : "No plan";
  if (subscription === null || subscription.status === "ended") return <p className="plan-name">{name}</p>;
  const { unitAmount, quantity, currency, interval, cancelAt, currentPeriod, trialEndsAt, status } =
    subscription;
  const amount =
    unitAmount === null ? null : formatMoney({ amount: unitAmount * quantity, currency }, "en-US");
  const date = (time: string) => dates.format(new Date(time));
  return (
    <>
      <p className="plan-name">{name}</p>
      {amount && (
        <p>
          {amount} per {interval}
          {quantity > 1 && `, ${quantity} seats`}
        </p>
      )}
      {cancelAt ? (
        <p role="status">Ends on {date(cancelAt)}. You keep everything until then.</p>
      ) : status === "trialing" && trialEndsAt ? (
        <p>Your trial ends on {date(trialEndsAt)}; the first payment is on that day.</p>
      ) : (
        currentPeriod && <p>Renews on {date(currentPeriod.end)}.</p>
      )}
    </>
  );
}
