import type { ExportedRecord, ExportReads, ExportSection } from "@tollgate/core";
import type { KeptCredits, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

export function createMemoryExports(state: MemoryState): ExportReads {
  return {
    async exportCustomer({ customerId, section, after, limit }) {
      const all = listIn(state, customerId, section)
        .map((one) => ({ place: keyOf(...placeOf(one)), one }))
        .sort((a, b) => (a.place < b.place ? -1 : 1))
        .filter(({ place }) => after === null || place > after);
      const page = all.slice(0, limit);
      const next = all.length > limit ? (page.at(-1)?.place ?? null) : null;
      return { records: page.map(({ one }) => structuredClone(one)), next };
    },
  };
}

/** By whichever of these a record has. */
function placeOf(one: ExportedRecord): readonly string[] {
  const parts = [
    "credit",
    "memberId",
    "provider",
    "id",
    "providerCustomerId",
    "checkoutId",
    "subscriptionId",
    "feature",
    "group",
    "position",
  ];
  return [...parts, "startsAt", "setBy", "idempotencyKey", "migrationId"].map((part) =>
    String(one[part] ?? ""),
  );
}

function listIn(state: MemoryState, customerId: string, section: ExportSection): readonly ExportedRecord[] {
  const isOwn = (one: { readonly customerId: string }) => one.customerId === customerId;
  const recordsOf = (rows: readonly { readonly customerId: string; readonly text: string }[]) =>
    rows.filter(isOwn).map(({ text }) => withoutVersion(JSON.parse(text)));
  const accounts = state.customers.all().filter(isOwn);
  switch (section) {
    case "accounts":
      return accounts.map(({ provider, providerCustomerId, current }) => {
        const contact = JSON.parse(state.profiles.get(keyOf(provider, providerCustomerId))?.text ?? "{}");
        return { provider, providerCustomerId, current, contact };
      });
    case "subscriptions":
    case "purchases":
    case "consents":
    case "duplicates":
      return recordsOf(state[section].all());
    case "priceChanges":
      return state.entries
        .all()
        .filter(isOwn)
        .map((one) => ({ ...withoutVersion(JSON.parse(one.text)), state: one.state }));
    case "pricePromises":
      return recordsOf(state.promises.all());
    case "checkouts":
      return recordsOf(state.checkouts.all()).map(({ url: _, fingerprint: __, ...rest }) => rest);
    case "seats":
      return recordsOf(state.seats.all());
    case "usage":
      return state.usage
        .all()
        .filter(isOwn)
        .map(({ customerId: _, ...rest }) => rest);
    case "usageCaps":
      return state.usageCaps
        .all()
        .filter(isOwn)
        .map(({ customerId: _, ...rest }) => rest);
    case "usageKeys":
      return state.usageKeys.all().flatMap(({ key, recordedAt }) => {
        const [of, feature, idempotencyKey] = JSON.parse(key);
        return of === customerId ? [{ feature, idempotencyKey, recordedAt }] : [];
      });
    case "memberUsage":
    case "memberLimits":
      return state[section]
        .all()
        .filter(isOwn)
        .map(({ customerId: _, ...rest }) => rest);
    case "usageReports":
      return state.usageReports
        .all()
        .filter(isOwn)
        .map(({ id, provider, providerCustomerId, feature, quantity, usedAt, toldAt }) => ({
          ...{ id, provider, providerCustomerId, feature, quantity, usedAt, toldAt },
        }));
    case "history":
      return state.history
        .all()
        .filter(isOwn)
        .map(
          ({ place, kind, provider, subjectId, occurredAt, appliedAt, currency, status, amount, text }) => ({
            ...{
              kind,
              provider,
              subjectId,
              occurredAt,
              appliedAt,
              currency,
              status,
              amount,
              position: String(place),
            },
            subscription: text === null ? null : withoutVersion(JSON.parse(text)),
          }),
        );
    case "credits":
      return state.credits.all().filter(isOwn).map(toCredits);
    case "creditsHolds":
      return state.creditsHolds.all().filter(isOwn).map(toCredits);
    case "creditsLedger":
      return state.creditsEntries
        .all()
        .filter(isOwn)
        .map((one) => ({ ...toCredits(one), position: String(one.position) }));
    case "events":
      return eventsIn(state, new Set(accounts.map((one) => keyOf(one.provider, one.providerCustomerId))));
    case "callbacks":
      return state.callbacks
        .all()
        .filter(isOwn)
        .map(({ id, type, state: stands, createdAt, text }) => {
          const data = withoutVersion(JSON.parse(text));
          return { id, type, state: stands, createdAt: new Date(createdAt).toISOString(), data };
        });
  }
}

function eventsIn(state: MemoryState, accounts: ReadonlySet<string>): readonly ExportedRecord[] {
  const own = state.events
    .all()
    .filter((one) => accounts.has(keyOf(one.provider, one.providerCustomerId ?? "")));
  return own.map(({ provider, id, type, state: stands, occurredAt, receivedAt, subscriptionId, text }) => ({
    ...{ provider, id, type, state: stands, occurredAt, receivedAt, subscriptionId },
    event: text === null ? null : withoutVersion(JSON.parse(text)),
  }));
}

function toCredits({ credit, text }: KeptCredits): ExportedRecord {
  return { ...withoutVersion(JSON.parse(text)), credit };
}

function withoutVersion({ v: _, ...rest }: ExportedRecord): ExportedRecord {
  return rest;
}
