/** How an account bills: what Stripe keeps in its dashboard's settings. */
export type Settings = {
  /** https://docs.stripe.com/billing/revenue-recovery/smart-retries */
  dunning: {
    /** Days from each failed attempt to the next one. @default [3, 5, 7] */
    retryAfterDays: number[];
    /** What becomes of a subscription whose last attempt failed. @default "cancel" */
    finally: "cancel" | "past_due" | "unpaid";
  };
  /** How long a renewal's invoice stays a draft, in seconds. @default 3600 */
  draftSeconds: number;
  /** How long before a renewal `invoice.upcoming` is sent, in days; 0 sends none. @default 7 */
  upcomingDays: number;
  /** Of invoices that are sent and not charged. Stripe sends these with automations only; null sends none. */
  dueReminders: {
    /** How long before the due date `invoice.will_be_due` is sent, in days. @default 3 */
    daysBefore: number | null;
    /** How long after the due date `invoice.overdue` is sent, in days. @default 0 */
    daysAfter: number | null;
  };
  /** Whether issuers send the new dates of expired cards; if not, charges fail with `expired_card`. @default false */
  updatesCards: boolean;
  /**
   * Whether the numbers of cards may be sent with the secret key ("raw card data APIs" in Stripe's dashboard).
   *
   * @default false
   */
  rawCardData: boolean;
  /**
   * Whether the portal's settings were saved in the dashboard, which makes the configuration of sessions that name
   * none; until then Stripe refuses them.
   *
   * @default false
   */
  portalSaved: boolean;
  /** The rate that `automatic_tax` applies to everything, in percent. @default 20 */
  automaticTaxPercent: number;
  /**
   * Whether Stripe Tax is set up from the start, with a head office and a registration in every country. If not, it is
   * as a new account has it: automatic tax is refused until there is a head office, and collects nothing without a
   * registration. @default true
   */
  taxReady: boolean;
  /** Whether a page with the terms of service is set, without which no session may ask to accept them. @default true */
  termsPage: boolean;
  /**
   * Whether checkouts are Managed Payments where the request does not say, as Stripe has it on new accounts since July
   * 2026. @default false
   */
  managesPayments: boolean;
};

/** Settings, only some of which are chosen. */
export type SettingsChoice = {
  [K in keyof Settings]?: Settings[K] extends number | boolean ? Settings[K] : Partial<Settings[K]>;
};

const defaults: Settings = {
  dunning: { retryAfterDays: [3, 5, 7], finally: "cancel" },
  draftSeconds: 3600,
  upcomingDays: 7,
  dueReminders: { daysBefore: 3, daysAfter: 0 },
  updatesCards: false,
  rawCardData: false,
  portalSaved: false,
  automaticTaxPercent: 20,
  taxReady: true,
  termsPage: true,
  managesPayments: false,
};

const outcomes = ["cancel", "past_due", "unpaid"] satisfies Array<Settings["dunning"]["finally"]>;

const check = ({ dunning, dueReminders, ...plain }: Settings): void => {
  const { draftSeconds, upcomingDays, automaticTaxPercent } = plain;
  const { daysBefore, daysAfter } = dueReminders;
  const numbers = [draftSeconds, upcomingDays, automaticTaxPercent, daysBefore ?? 0, daysAfter ?? 0];
  if (!numbers.every((value) => Number.isFinite(value) && value >= 0))
    throw new RangeError("The sandbox's settings take numbers from 0 on.");
  if (!dunning.retryAfterDays.every((days) => Number.isFinite(days) && days > 0))
    throw new RangeError("settings.dunning.retryAfterDays takes numbers above 0.");
  if (!outcomes.includes(dunning.finally))
    throw new RangeError(`settings.dunning.finally is one of ${outcomes.join(", ")}.`);
};

/**
 * The settings of a new account.
 *
 * @throws RangeError for a number or outcome that makes no sense.
 */
export const createSettings = (chosen: SettingsChoice = {}): Settings => {
  const settings: Settings = {
    ...structuredClone(defaults),
    ...chosen,
    dunning: { ...structuredClone(defaults.dunning), ...structuredClone(chosen.dunning) },
    dueReminders: { ...defaults.dueReminders, ...chosen.dueReminders },
  };
  check(settings);
  return settings;
};
