import {
  anonymizeConsent,
  type Consent,
  earlierConsent,
  packRecord,
  type StoreReads,
  unpackRecord,
} from "@tollgate/core";
import { toText } from "./as-text.js";
import type { MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

export function findConsentIn(
  state: MemoryState,
  { provider, bought }: Parameters<StoreReads["findConsent"]>[0],
): Consent | null {
  const isMeant = (one: Consent) =>
    "checkoutId" in bought
      ? one.checkoutId === bought.checkoutId
      : one.subscriptionId === bought.subscriptionId;
  const meant = consentsIn(state).filter((one) => one.provider === provider && isMeant(one));
  return meant.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))[0] ?? null;
}

/** As part of a command. */
export function keepConsentIn(state: MemoryState, said: Consent): void {
  const { provider, checkoutId } = said;
  saveIn(state, earlierConsent(findConsentIn(state, { provider, bought: { checkoutId } }), said));
}

/** As part of a command: what must be kept of a deleted customer's. */
export function anonymizeConsentsIn(state: MemoryState, customerId: string, reference: string): void {
  const own = consentsIn(state).filter((one) => one.customerId === customerId);
  state.consents.deleteWhere((one) => one.customerId === customerId);
  for (const consent of own) {
    const kept = anonymizeConsent(consent, reference);
    if (kept !== null) saveIn(state, kept);
  }
}

function consentsIn({ consents }: MemoryState): readonly Consent[] {
  return consents.all().map(({ text }) => unpackRecord("consent", JSON.parse(text)));
}

/** The later, the greater. */
function placeOf({ agreedAt, checkoutId }: Consent): string {
  return `${new Date(agreedAt).toISOString()} ${checkoutId}`;
}

function saveIn({ consents }: MemoryState, consent: Consent): void {
  const { provider, checkoutId, customerId } = consent;
  consents.set(keyOf(provider, checkoutId), { customerId, text: toText(packRecord("consent", consent)) });
}
