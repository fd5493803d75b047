/** How an account bills: what Stripe keeps in its dashboard's settings. */
export type Settings = {
  /** https://docs.stripe.com/billing/revenue-recovery/smart-retries */
  dunning: {
    /** Days from each failed attempt to the next one. */
    retryAfterDays: number[];
    /** What becomes of a subscription whose last attempt failed. */
    finally: "cancel" | "past_due" | "unpaid";
  };
  /** How long a renewal's invoice stays a draft, in seconds. */
  draftSeconds: number;
  /** How long before a renewal `invoice.upcoming` is sent, in days; 0 sends none. */
  upcomingDays: number;
  /** Of invoices that are sent and not charged. Stripe sends these with automations only; null sends none. */
  dueReminders: {
    /** How long before the due date `invoice.will_be_due` is sent, in days. */
    daysBefore: number | null;
    /** How long after the due date `invoice.overdue` is sent, in days. */
    daysAfter: number | null;
  };
  /** Whether issuers send the new dates of expired cards; if not, charges fail with `expired_card`. */
  updatesCards: boolean;
  /** The rate that `automatic_tax` applies to everything, in percent. */
  automaticTaxPercent: number;
};

export const createSettings = (): Settings => ({
  dunning: { retryAfterDays: [3, 5, 7], finally: "cancel" },
  draftSeconds: 3600,
  upcomingDays: 7,
  dueReminders: { daysBefore: 3, daysAfter: 0 },
  updatesCards: false,
  automaticTaxPercent: 20,
});
