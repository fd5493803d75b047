import { CodedError, type Currency, type Interval, type PlanOffer } from "@tollgate/core";
import { openCheckout } from "../checkout/use-checkout.js";
import { openPortal, type PortalFlow } from "../portal/use-portal.js";
import type { BillingSession } from "../session/create-session.js";
import { useOpening } from "../session/use-opening.js";
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

interface Choice extends Pick<PlanSelection, "planId" | "interval" | "offer"> {
  readonly currency: Currency;
  /** Absent where none are counted. */
  readonly quantity: number | undefined;
  readonly returnUrl: string | undefined;
  readonly cancelUrl: string | undefined;
}

const idle: PlanActivity = { status: "idle", error: null };

/** Sends a choice to the checkout, or to the portal when a subscription is already running; one at a time. */
export function usePlanSelection(options: {
  readonly onSelect?: ((selection: PlanSelection) => void) | undefined;
  readonly returnUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}) {
  const { onSelect, returnUrl, cancelUrl } = options;
  const { state, start } = useOpening(openChoice);
  return {
    activityOf: (planId: string): PlanActivity => (state.input?.planId === planId ? state : idle),
    select({ plan, price, currency, interval, quantity, offer }: PlanView): void {
      const selection = { planId: plan.id, interval, currency, quantity, offer };
      const seatsBought = countsSeats(price) ? quantity : undefined;
      if (onSelect) onSelect(selection);
      // Of what has a button, the free plan alone has no page of ours or of the provider's.
      else if (offer.kind !== "sign_up")
        void start({ ...selection, quantity: seatsBought, returnUrl, cancelUrl });
    },
  };
}

async function openChoice(session: BillingSession, choice: Choice, signal: AbortSignal) {
  const { offer, returnUrl } = choice;
  const openAt = (flow: PortalFlow) => openPortal(session, { flow, returnUrl }, signal);
  if (offer.kind !== "checkout") return openAt(offer.kind === "cancel" ? "cancel" : "switch_plan");
  try {
    return await openCheckout(session, choice, signal);
  } catch (error) {
    // Subscribed in another tab in the meantime: what they want is a change of plan, which is done in the portal.
    if (error instanceof CodedError && error.code === "already_subscribed") return openAt("switch_plan");
    throw error;
  }
}
