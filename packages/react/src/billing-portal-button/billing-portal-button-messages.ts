import type { PortalRefusal } from "../portal/portal-refusal.js";

/** The words of `BillingPortalButton`. */
export interface BillingPortalButtonMessages {
  readonly label: string;
  readonly opening: string;
  readonly failed: string;
  readonly retry: string;
  /** Why there is nothing to open. */
  readonly unavailable: Readonly<Record<PortalRefusal, string>>;
}

export const billingPortalButtonMessages: BillingPortalButtonMessages = {
  label: "Manage billing",
  opening: "Opening…",
  failed: "Billing couldn't be opened. Nothing has changed.",
  retry: "Try again",
  unavailable: {
    signed_out: "Sign in to manage billing.",
    not_manager: "Only someone who manages billing can open this.",
    not_a_customer: "There is nothing to manage until you choose a plan.",
  },
};
