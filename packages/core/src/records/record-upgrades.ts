import { type SubscriptionRecord, upgradeSubscription } from "./upgrade-subscription.js";

/** A record as some version wrote it, its version taken off. */
export type LooseRecord = Readonly<Record<string, unknown>>;

/** Fills in what one version added, where it is absent. It never changes a field that is there. */
export type RecordUpgrade = (record: LooseRecord) => LooseRecord;

/** What is stored as JSON. `subscription` is also what lies within events and callbacks. */
export type RecordKind = "subscription" | "checkout" | "duplicate" | "event" | "callback" | "purchase";

/** Everything was of the provider's making before our checkouts were told apart: nothing of it is ever refunded. */
const addOrigin: RecordUpgrade = (record) => ({ origin: "provider", ...record });

const addPlanLines: RecordUpgrade = (record) => ({
  ...upgradeSubscription(record as unknown as SubscriptionRecord),
});

/** Every period counted from its own start. */
const addCountedFrom: RecordUpgrade = (record) => ({ countedFrom: {}, ...record });

const addTrialDays: RecordUpgrade = (record) => ({ trialDays: 0, ...record });

/** A payment that waits since then is told under its event's id, and for its customer alone. */
const addPaymentFacts: RecordUpgrade = (record) =>
  "invoiceId" in record ? { attempt: null, isOfCatalog: false, ...record } : record;

/**
 * What makes each version of a record out of the one before: the first entry makes version 2. To give a record
 * a field, append an upgrade; what a released one does never changes.
 *
 * A version only adds fields. One that would mean something else gets another name, because during a rolling
 * deploy instances of both versions read and write the same rows: the older one leaves alone what it does not
 * know, and writes its own version, so an upgrade may also meet a record that has its fields already.
 */
export const recordUpgrades: { readonly [K in RecordKind]: readonly RecordUpgrade[] } = {
  subscription: [addOrigin, addPlanLines, addCountedFrom],
  checkout: [addTrialDays],
  duplicate: [],
  event: [addPaymentFacts],
  callback: [],
  purchase: [],
};
