import {
  type CheckoutOutcome,
  type CheckoutRecord,
  decideCheckoutStatus,
  decideOpening,
  decidePurchaseReturn,
  type Purchase,
  packRecord,
  recordFacts,
  type StoreCommands,
  type StoreReads,
  unpackRecord,
} from "@tollgate/core";
import { toText } from "./as-text.js";
import { findConsentIn, keepConsentIn } from "./memory-consents.js";
import { isBeingDeletedIn } from "./memory-deletions.js";
import { addHistoryIn } from "./memory-history.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { KeptCheckout, MemoryState } from "./memory-state.js";
import { subscriptionsIn } from "./memory-subscriptions.js";
import { keyOf } from "./table.js";

type Checkouts = Pick<
  StoreReads,
  | "findCheckout"
  | "findLatestCheckout"
  | "listOpenCheckouts"
  | "listTrialCheckouts"
  | "findPurchase"
  | "findConsent"
> &
  Pick<StoreCommands, "openCheckout" | "settleCheckout" | "returnPurchase">;

export function createMemoryCheckouts(state: MemoryState): Checkouts {
  return {
    findCheckout: async (id, customerId) => findIn(state, id, customerId),
    findLatestCheckout: async (customerId, slot) => latestIn(state, customerId, slot),
    listOpenCheckouts: async (customerId) =>
      listIn(state, customerId).filter(({ status }) => status === "open"),
    listTrialCheckouts: async (customerId) => trialsIn(state, customerId),
    async openCheckout(checkout, known) {
      const { customerId, slot } = checkout;
      if (isBeingDeletedIn(state, customerId)) return null;
      const latest = latestIn(state, customerId, slot);
      const subscriptions = subscriptionsIn(state, customerId);
      const checkouts = trialsIn(state, customerId);
      const { save, opened } = decideOpening({ checkout, ...known, latest, subscriptions, checkouts });
      if (save !== null) saveIn(state, save);
      return opened;
    },
    async settleCheckout(outcome) {
      state.atOnce(() => settleIn(state, outcome));
      if (outcome.purchase !== null) state.changed([outcome.purchase.customerId]);
    },
    findConsent: async (of) => findConsentIn(state, of),
    findPurchase: async (checkoutId, provider) => purchaseIn(state, keyOf(provider, checkoutId)),
    async returnPurchase({ provider, checkoutId, found, isGone }) {
      const key = keyOf(provider, checkoutId);
      const purchase = purchaseIn(state, key);
      const kept = state.purchases.get(key);
      const decided = purchase && decidePurchaseReturn(purchase, found, isGone);
      if (kept === undefined || purchase === null || decided === null) return;
      state.atOnce(() => {
        state.purchases.set(key, { ...kept, text: toText(packRecord("purchase", decided.purchase)) });
        addCallbacksIn(state, decided.callbacks);
        const source = { provider, cause: { kind: "read" }, occurredAt: found.at, at: found.at } as const;
        addHistoryIn(state, recordFacts(decided.callbacks, source));
      });
      state.changed([purchase.customerId]);
      state.added("callbacks");
    },
  };
}

/** As part of a command. */
export function settleIn(state: MemoryState, outcome: CheckoutOutcome): void {
  const { id, customerId, purchase, consent = null } = outcome;
  const settled = decideCheckoutStatus(findIn(state, id, customerId), outcome);
  if (settled !== null) saveIn(state, settled);
  if (consent !== null) keepConsentIn(state, consent);
  if (purchase === null) return;
  const key = keyOf(purchase.provider, purchase.checkoutId);
  if (state.purchases.get(key) !== undefined) return;
  const text = toText(packRecord("purchase", purchase));
  state.purchases.set(key, { text, position: state.nextPosition(), customerId: purchase.customerId });
}

function purchaseIn({ purchases }: MemoryState, key: string): Purchase | null {
  const kept = purchases.get(key);
  return kept === undefined ? null : unpackRecord("purchase", JSON.parse(kept.text));
}

function saveIn(state: MemoryState, checkout: CheckoutRecord): void {
  const { id, customerId, slot } = checkout;
  const text = toText(packRecord("checkout", checkout));
  const position = state.checkouts.get(id)?.position ?? state.nextPosition();
  state.checkouts.set(id, { text, position, customerId, slot });
}

function read({ text }: KeptCheckout): CheckoutRecord {
  return unpackRecord("checkout", JSON.parse(text));
}

function findIn({ checkouts }: MemoryState, id: string, customerId: string): CheckoutRecord | null {
  const kept = checkouts.get(id);
  return kept === undefined || kept.customerId !== customerId ? null : read(kept);
}

/** In the order in which they were first saved. */
function listIn({ checkouts }: MemoryState, customerId: string): CheckoutRecord[] {
  const own = checkouts.all().filter((one) => one.customerId === customerId);
  return own.sort((a, b) => a.position - b.position).map(read);
}

function latestIn(state: MemoryState, customerId: string, slot: string): CheckoutRecord | null {
  return (
    listIn(state, customerId)
      .filter((one) => one.slot === slot)
      .at(-1) ?? null
  );
}

function trialsIn(state: MemoryState, customerId: string): CheckoutRecord[] {
  return listIn(state, customerId).filter(
    (one) => (one.trialDays > 0 || one.intro === true) && one.status !== "expired",
  );
}
