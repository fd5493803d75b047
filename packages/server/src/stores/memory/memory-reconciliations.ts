import type { ReconcileRun, Reconciliations } from "@tollgate/core";
import type { MemoryState, RunRow } from "./memory-state.js";
import { unpackSubscription } from "./memory-subscriptions.js";
import { keyOf } from "./table.js";

export function createMemoryReconciliations(state: MemoryState): Reconciliations {
  const { runs } = state;
  return {
    async beginReconcile(input) {
      const { provider, lane, holder, now, leaseSeconds, staleBefore, forgetBefore } = input;
      const heldUntil = Date.parse(now) + leaseSeconds * 1000;
      const own = runs.all().filter((one) => one.provider === provider);
      if (own.some((one) => one.lane === lane && isHeld(one, now))) return null;
      for (const one of own) if (one.startedAt < forgetBefore && !isHeld(one, now)) runs.delete(one.id);
      const unfinished = own.filter((one) => {
        const isSame = one.lane === lane && one.scope === input.scope && one.repair === input.repair;
        return isSame && one.finishedAt === null && one.startedAt >= staleBefore;
      });
      const known = unfinished.sort(byStart).at(-1);
      if (known !== undefined) {
        runs.set(known.id, { ...known, holder, heldUntil });
        return { run: toRun(known), resumed: true };
      }
      const position = state.nextPosition();
      const { scope, repair } = input;
      const counts = { phase: "provider", cursor: null, checked: 0, found: 0, repaired: 0 } as const;
      const head = { id: String(position), position, provider, lane, scope, repair, startedAt: now };
      const run = { ...head, ...counts, finishedAt: null, holder, heldUntil, seen: new Set<string>() };
      runs.set(run.id, run);
      return { run: toRun(run), resumed: false };
    },
    async advanceReconcile({ id, holder, now, leaseSeconds, progress, seen, finished }) {
      const run = runs.get(id);
      if (run === undefined || run.holder !== holder || run.finishedAt !== null) return false;
      const heldUntil = Date.parse(now) + leaseSeconds * 1000;
      const all = finished ? new Set<string>() : new Set([...run.seen, ...seen]);
      runs.set(id, { ...run, ...progress, heldUntil, seen: all, finishedAt: finished ? now : null });
      return true;
    },
    async releaseReconcile(id, holder) {
      const run = runs.get(id);
      if (run?.holder === holder) runs.set(id, { ...run, holder: null, heldUntil: 0 });
    },
    async listFinishedReconciles(provider, limit) {
      const own = runs.all().filter((one) => one.provider === provider && one.finishedAt !== null);
      return own.sort(byStart).reverse().slice(0, limit).map(toRun);
    },
    async readReconcileFacts({ provider, subscriptionIds, providerCustomerIds }) {
      const found = subscriptionIds.flatMap((id) => state.subscriptions.get(keyOf(provider, id)) ?? []);
      const links = providerCustomerIds.flatMap((id) => state.customers.get(keyOf(provider, id)) ?? []);
      return {
        subscriptions: found.map((one) => ({ subscription: unpackSubscription(one) })),
        links: links.map(({ customerId, providerCustomerId }) => ({
          customerId,
          provider,
          providerCustomerId,
        })),
      };
    },
    async readEventStandings(provider, ids) {
      const found = ids.flatMap((id) => state.events.get(keyOf(provider, id)) ?? []);
      return found.map(({ id, state: is, reason }) => ({ id, state: is, reason }));
    },
    async listSeen(runId, ids) {
      return ids.filter((id) => runs.get(runId)?.seen.has(id));
    },
    async listUnseen({ runId, provider, customerId, after, limit }) {
      const left = state.subscriptions
        .all()
        .map(unpackSubscription)
        .filter((one) => {
          const isAsked = customerId === null || one.customerId === customerId;
          const isOwn = one.provider === provider && one.status !== "ended" && isAsked;
          return isOwn && one.id > (after ?? "") && !runs.get(runId)?.seen.has(one.id);
        });
      return left.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
  };
}

function isHeld({ heldUntil }: RunRow, now: string): boolean {
  return heldUntil > Date.parse(now);
}

function byStart(a: RunRow, b: RunRow): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.position - b.position;
}

function toRun(row: RunRow): ReconcileRun {
  const { position: _, lane: __, holder: ___, heldUntil: ____, seen: _____, ...run } = row;
  return run;
}
