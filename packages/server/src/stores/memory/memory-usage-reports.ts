import { randomUUID } from "node:crypto";
import type { TakenUsageReport, UnreportedUsage, UsageEntry, UsageReports } from "@tollgate/core";
import type { MemoryState, UsageReportRow } from "./memory-state.js";

export function createMemoryUsageReports({ usageReports }: MemoryState): UsageReports {
  return {
    async takeUsageReports({ now, limit, leaseSeconds, customerId, early = false }) {
      const own = () => usageReports.all().filter((one) => (customerId ?? one.customerId) === one.customerId);
      const open = own().filter(({ usedAt }) => usedAt === null);
      for (const one of open.slice(0, limit)) {
        usageReports.set(one.id, { ...one, usedAt: timeOf(one, now), dueAt: now });
      }
      const due = own().filter(
        (one) =>
          one.usedAt !== null && one.toldAt === null && (one.dueAt <= now || (early && one.error !== null)),
      );
      const oldest = due.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)).slice(0, limit);
      const heldUntil = new Date(Date.parse(now) + leaseSeconds * 1000).toISOString();
      return oldest
        .map((row) => {
          const taken = { ...row, attempts: row.attempts + 1, dueAt: heldUntil };
          const firstTriedAt = row.firstTriedAt ?? now;
          usageReports.set(row.id, { ...taken, firstTriedAt });
          return toTaken(taken, firstTriedAt);
        })
        .sort((a, b) => (a.report.usedAt < b.report.usedAt ? -1 : 1));
    },
    async endUsageReport({ report, attempts }, end) {
      const row = usageReports.get(report.id);
      if (row === undefined || row.attempts !== attempts || row.toldAt !== null) return;
      const ended =
        end.kind === "told" ? { toldAt: end.at, error: null } : { dueAt: end.retryAt, error: end.error };
      usageReports.set(row.id, { ...row, ...ended });
    },
    async pruneUsageReports({ toldBefore, limit }) {
      const old = usageReports.all().filter(({ toldAt }) => toldAt !== null && toldAt < toldBefore);
      for (const { id } of old.slice(0, limit)) usageReports.delete(id);
      return Math.min(limit, old.length);
    },
  };
}

/** A second that has passed, within its period. */
function timeOf({ startsAt, endsAt }: UsageReportRow, now: string): string {
  const end = Date.parse(endsAt === null || now < endsAt ? now : endsAt);
  return new Date(Math.max(Date.parse(startsAt), end - 1000)).toISOString();
}

function toTaken(row: UsageReportRow, firstTriedAt: string): TakenUsageReport {
  const { id, customerId, provider, providerCustomerId, feature, quantity, attempts } = row;
  const usedAt = row.usedAt ?? firstTriedAt;
  const own = { id, customerId, provider, providerCustomerId, feature, quantity };
  return { report: { ...own, usedAt, firstTriedAt }, attempts };
}

/** What was just counted, as a part of counting it. */
export function addReportIn({ usageReports }: MemoryState, entry: UsageEntry): void {
  const { billedTo, customerId, feature, quantity, period, usedAt = null, recordedAt } = entry;
  if (billedTo === undefined) return;
  const ownTime = usedAt !== null;
  const open = usageReports
    .all()
    .find(
      (one) =>
        one.usedAt === usedAt &&
        one.ownTime === ownTime &&
        one.firstTriedAt === null &&
        one.provider === billedTo.provider &&
        one.providerCustomerId === billedTo.providerCustomerId &&
        one.feature === feature &&
        one.startsAt === period.startsAt,
    );
  const dueAt = ownTime ? recordedAt : "";
  const fresh = { usedAt, ownTime, firstTriedAt: null, dueAt, attempts: 0, error: null, toldAt: null };
  const before = open ?? { id: randomUUID(), ...fresh, quantity: 0 };
  const total = before.quantity + quantity;
  usageReports.set(before.id, { ...before, ...billedTo, ...period, customerId, feature, quantity: total });
}

/** Whoever is given a subscription is given what is to be billed for it too. */
export function moveReportsIn({ usageReports }: MemoryState, from: string, to: string): void {
  for (const row of usageReports.all().filter(({ customerId }) => customerId === from)) {
    usageReports.set(row.id, { ...row, customerId: to });
  }
}

/** What has to be told, and was not yet. */
export function unreportedIn({ usageReports }: MemoryState): UnreportedUsage {
  const waiting = usageReports.all().filter(({ usedAt, toldAt }) => usedAt !== null && toldAt === null);
  return {
    failing: waiting.filter(({ error }) => error !== null).length,
    oldestUsedAt: waiting.flatMap(({ usedAt }) => usedAt ?? []).sort()[0] ?? null,
  };
}
