import type { Currency, Interval, PlanOffer } from "@tollgate/core";
import { useEffect, useState } from "react";
import { useCheckout } from "../checkout/use-checkout.js";
import { type PortalFlow, usePortal } from "../portal/use-portal.js";
import { useBilling } from "../session/billing-context.js";
import { countsSeats } from "./decide-seats.js";
import type { PlanActivity } from "./plan-activity.js";
import type { PlanView } from "./plan-view.js";

/** What a person chose in the pricing table. */
export interface PlanSelection {
  readonly planId: string;
  readonly interval: Interval;
  readonly currency: Currency | null;
  readonly quantity: number;
  /** What the button offered: a new subscription, a change of the running one, … */
  readonly offer: PlanOffer;
}

const idle: PlanActivity = { state: "idle" };
const opening: PlanActivity = { state: "opening" };

/** Sends a choice to the checkout, or to the portal when a subscription is already running; one at a time. */
export function usePlanSelection(options: {
  readonly onSelect?: ((selection: PlanSelection) => void) | undefined;
  readonly returnUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}) {
  const { session } = useBilling();
  const checkout = useCheckout();
  const portal = usePortal();
  const [pressed, setPressed] = useState<{
    session: object;
    planId: string;
    target: "checkout" | "portal";
  } | null>(null);
  const { returnUrl, cancelUrl } = options;
  const isBusy = checkout.status === "opening" || portal.status === "opening";

  const openPortal = (planId: string, flow: PortalFlow) => {
    checkout.reset();
    setPressed({ session, planId, target: "portal" });
    void portal.open({ flow, returnUrl });
  };

  // Subscribed in another tab in the meantime: what they want is a change of plan, which is done in the portal.
  const refusedPlan =
    checkout.error?.code === "already_subscribed" ? (checkout.choice?.planId ?? null) : null;
  useEffect(() => {
    if (refusedPlan !== null) openPortal(refusedPlan, "switch_plan");
  });

  return {
    activityOf(planId: string): PlanActivity {
      if (pressed?.session !== session || pressed.planId !== planId) return idle;
      const { status, error } = pressed.target === "checkout" ? checkout : portal;
      if (status === "opening" || refusedPlan === planId) return opening;
      return status === "failed" || status === "unavailable" ? { state: "failed", error } : idle;
    },
    /** Does nothing while the seat field says what can't be bought: no other number may be bought in its place. */
    select({ plan, price, currency, interval, quantity, seats, offer }: PlanView): void {
      if (isBusy || seats !== quantity) return;
      const planId = plan.id;
      if (options.onSelect) {
        options.onSelect({ planId, interval, currency, quantity, offer });
      } else if (offer.kind === "change" || offer.kind === "cancel") {
        openPortal(planId, offer.kind === "cancel" ? "cancel" : "switch_plan");
      } else if (offer.kind === "checkout") {
        portal.reset();
        setPressed({ session, planId, target: "checkout" });
        void checkout.start({
          planId,
          interval,
          currency,
          quantity: countsSeats(price) ? quantity : undefined,
          returnUrl,
          cancelUrl,
        });
      }
    },
  };
}
