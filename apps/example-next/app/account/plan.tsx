"use client";

import Link from "next/link";
import { useAccess } from "../../billing/kit";
import { ActionForm } from "./action-form";
import { pause, resume, undoChange } from "./actions";
import { sayChoice, sayDate, sayMoney, sayPlan } from "./say";

/** The subscription in a sentence or two: what it is, what it costs, what comes next, and what can be done about it. */
export function Plan() {
  const access = useAccess();
  if (access.status === "loading") return <p>Loading your plan…</p>;
  if (access.status !== "ready") return <p role="alert">Your plan could not be read. Reload to try again.</p>;
  const { planId, subscription } = access.state;
  const isOver = subscription === null || subscription.status === "ended";
  const name = isOver ? planId && sayPlan(planId) : sayPlan(subscription.planId);
  if (isOver) return <p className="plan-name">{name ?? "No plan"}</p>;
  return (
    <>
      <p className="plan-name">{name}</p>
      <Price {...subscription} />
      <Next {...subscription} />
    </>
  );
}

type Subscription = NonNullable<ReturnType<typeof useAccess>["state"]>["subscriptions"][number];

function Price({ unitAmount, quantity, currency, interval }: Subscription) {
  if (unitAmount === null) return null;
  return (
    <p>
      {sayMoney({ amount: unitAmount * quantity, currency })} per {interval}
      {quantity > 1 && `, ${quantity} seats`}
    </p>
  );
}

/** What happens next, with the way back. */
function Next({ cancelAt, pause: paused, pendingChange, status, trialEndsAt, currentPeriod }: Subscription) {
  if (cancelAt !== null) {
    return (
      <ActionForm action={resume}>
        <p role="status">Ends on {sayDate(cancelAt)}. You keep everything until then.</p>
        <button type="submit" className="site-button">
          Keep my plan
        </button>
      </ActionForm>
    );
  }
  if (paused !== null || status === "paused") {
    return (
      <ActionForm action={resume}>
        <p role="status">Paused: nothing is charged, and your plan waits for you.</p>
        <button type="submit" className="site-button">
          Resume
        </button>
      </ActionForm>
    );
  }
  if (pendingChange !== null) {
    return (
      <ActionForm action={undoChange}>
        <p role="status">
          Changes on {sayDate(pendingChange.at)}: {sayChoice(pendingChange)}. Until then all stays as it is.
        </p>
        <button type="submit" className="site-button">
          Undo the change
        </button>
      </ActionForm>
    );
  }
  const isTrial = status === "trialing" && trialEndsAt !== null;
  return (
    <>
      {isTrial ? (
        <p>Your trial ends on {sayDate(trialEndsAt)}; the first payment is on that day.</p>
      ) : (
        status === "active" && currentPeriod && <p>Renews on {sayDate(currentPeriod.end)}.</p>
      )}
      <div className="row">
        <Link className="site-button" href="/account/change">
          Change plan
        </Link>
        <Link href="/account/cancel">Cancel plan</Link>
        {status === "active" && (
          <ActionForm action={pause}>
            <button type="submit" className="link-button">
              Pause
            </button>
          </ActionForm>
        )}
      </div>
    </>
  );
}
