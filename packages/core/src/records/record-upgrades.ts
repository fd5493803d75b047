import { type SubscriptionRecord, upgradeSubscription } from "./upgrade-subscription.js";

/** A record as some version wrote it, without its version. */
export type LooseRecord = Readonly<Record<string, unknown>>;

/** Fills in what one version added, where it is absent. It never changes a field that is there. */
export type RecordUpgrade = (record: LooseRecord) => LooseRecord;

/** What is stored as JSON. `subscription` is also what lies within events and callbacks. */
export type RecordKind =
  | "subscription"
  | "checkout"
  | "duplicate"
  | "event"
  | "callback"
  | "purchase"
  | "consent"
  | "priceMigration"
  | "migrationEntry"
  | "pricePromise"
  | "creditsAccount"
  | "creditsHold"
  | "creditsEntry"
  | "seats";

/** Everything counted as made at the provider before our checkouts were told apart: none of it is ever refunded. */
const addOrigin: RecordUpgrade = (record) => ({ origin: "provider", ...record });

const addPlanLines: RecordUpgrade = (record) => ({
  ...upgradeSubscription(record as unknown as SubscriptionRecord),
});

/** Every period counted from its own start. */
const addCountedFrom: RecordUpgrade = (record) => ({ countedFrom: {}, ...record });

/** What was past due before notices were stored is told of from the state that is read next. */
const addDunning: RecordUpgrade = (record) => ({ dunning: null, ...record });

const addTrialDays: RecordUpgrade = (record) => ({ trialDays: 0, ...record });

/** The app is told of a payment that has waited since then under its event's id, and only for its customer. */
const addPaymentFacts: RecordUpgrade = (record) =>
  "invoiceId" in record ? { attempt: null, isOfCatalog: false, ...record } : record;

/**
 * What turns each version of a record into the next: the first entry makes version 2. To give a record a new field,
 * append an upgrade; what a released one does never changes.
 *
 * A version only adds fields. A field whose meaning would change gets another name, because during a rolling deploy
 * instances of both versions read and write the same rows: the older one leaves alone what it does not know, and writes
 * its own version, so an upgrade may also meet a record that already has its fields.
 */
export const recordUpgrades: { readonly [K in RecordKind]: readonly RecordUpgrade[] } = {
  subscription: [addOrigin, addPlanLines, addCountedFrom, addDunning],
  checkout: [addTrialDays],
  duplicate: [],
  event: [addPaymentFacts],
  callback: [],
  purchase: [],
  consent: [],
  priceMigration: [],
  migrationEntry: [],
  pricePromise: [],
  creditsAccount: [],
  creditsHold: [],
  creditsEntry: [],
  seats: [],
};
