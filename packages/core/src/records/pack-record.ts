import type { BillingEvent } from "../language/billing-event.js";
import type { Callback } from "../language/callback.js";
import type { CheckoutRecord } from "../language/checkout-record.js";
import type { Consent } from "../language/consent.js";
import type { CreditsAccount, CreditsEntry, CreditsHold } from "../language/credits.js";
import type { DuplicateRecord } from "../language/duplicate-record.js";
import type { MigrationEntry, PriceMigration, PricePromise } from "../language/price-migration.js";
import type { Purchase } from "../language/purchase.js";
import type { SeatRecord } from "../language/seats.js";
import type { Subscription } from "../language/subscription.js";
import { type LooseRecord, type RecordKind, recordUpgrades } from "./record-upgrades.js";

interface Records {
  readonly subscription: Subscription;
  readonly checkout: CheckoutRecord;
  readonly duplicate: DuplicateRecord;
  readonly event: BillingEvent;
  /** Its `data`; the type and the id have their own columns. */
  readonly callback: Callback["data"];
  readonly purchase: Purchase;
  readonly consent: Consent;
  readonly priceMigration: PriceMigration;
  /** Whose it is and where it stands have their own columns. */
  readonly migrationEntry: Omit<MigrationEntry, "customerId" | "state">;
  readonly pricePromise: PricePromise;
  readonly creditsAccount: CreditsAccount;
  readonly creditsHold: CreditsHold;
  readonly creditsEntry: CreditsEntry;
  readonly seats: SeatRecord;
}

/** Where subscriptions lie within other records; each carries its own version. */
const subscriptionsWithin: { readonly [K in RecordKind]: readonly string[] } = {
  subscription: [],
  checkout: [],
  duplicate: [],
  event: ["state"],
  callback: ["subscription", "previous", "kept"],
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

/**
 * A record as it is stored, with the version of this release as `v`.
 *
 * @example
 * function toJson(checkout: CheckoutRecord): string {
 *   return JSON.stringify(packRecord("checkout", checkout));
 * }
 */
export function packRecord<K extends RecordKind>(kind: K, record: Records[K]): object {
  const packed = mapWithin(kind, { ...record }, (one) => packLoose("subscription", one));
  return packLoose(kind, packed);
}

/**
 * A stored record, brought up to this release. One of a later release keeps the fields that this one does not know.
 *
 * @example
 * function read(row: { readonly record: object }): Subscription {
 *   return unpackRecord("subscription", row.record);
 * }
 */
export function unpackRecord<K extends RecordKind>(kind: K, stored: object): Records[K] {
  const record = mapWithin(kind, unpackLoose(kind, stored), (one) => unpackLoose("subscription", one));
  // Written by `packRecord`, or by a release before it, and read back from our own store.
  return record as unknown as Records[K];
}

/**
 * A record as it was written, if that was by an earlier release: fields that were added since are not in it. `null`
 * when it is of this release or a later one.
 *
 * @example
 * writtenEarlier("checkout", { id: "cs_1" }); // { id: "cs_1" }: it has no `v`, so it is of version 1
 */
export function writtenEarlier(kind: RecordKind, stored: object): object | null {
  return versionOf(stored) <= recordUpgrades[kind].length ? stored : null;
}

function packLoose(kind: RecordKind, record: LooseRecord): LooseRecord {
  return { ...record, v: recordUpgrades[kind].length + 1 };
}

function unpackLoose(kind: RecordKind, stored: object): LooseRecord {
  const { v: _, ...record }: LooseRecord = { ...stored };
  return recordUpgrades[kind].slice(versionOf(stored) - 1).reduce((one, upgrade) => upgrade(one), record);
}

/** What was stored before records had versions is of version 1. */
function versionOf(stored: object): number {
  return "v" in stored && typeof stored.v === "number" ? stored.v : 1;
}

function mapWithin(
  kind: RecordKind,
  record: LooseRecord,
  map: (subscription: LooseRecord) => LooseRecord,
): LooseRecord {
  const within = subscriptionsWithin[kind].flatMap((key) => {
    const one = record[key];
    return typeof one === "object" && one !== null ? [[key, map({ ...one })] as const] : [];
  });
  return within.length === 0 ? record : { ...record, ...Object.fromEntries(within) };
}
