import type { HistoryEntry, Store } from "@tollgate/core";
import { buildHistoryEntry, buildPaymentEntry, buildSubscription } from "@tollgate/core/testing";

/** Something that happens to what the history adds up; times in milliseconds after it all began. */
export type Act =
  | {
      readonly act: "change";
      readonly customer: number;
      readonly subscription: number;
      readonly at: number;
      readonly mrr: number;
    }
  | { readonly act: "pay"; readonly at: number; readonly amount: number; readonly fails: boolean }
  | { readonly act: "count" }
  | { readonly act: "prune"; readonly at: number }
  | { readonly act: "move"; readonly subscription: number; readonly to: number };

const start = Date.UTC(2026, 0, 1);
export const timeOf = (ms: number) => new Date(start + ms).toISOString();
let runs = 0;

/** Plays it in a currency of its own, and keeps what a plain list of it would be. */
export async function playChanges(store: Store, acts: readonly Act[]) {
  runs += 1;
  const [currency, run] = [`c${runs}`, `run${runs}`];
  const told: HistoryEntry[] = [];
  const [mrrs, owners] = [new Map<number, number>(), new Map<number, number>()];
  const named = (customer: number) => `${run}_org_${customer}`;
  // Nothing comes so late that what it belongs to was pruned.
  let [pruned, applied] = [0, 0];
  const applyAt = (at: number) => {
    const late = Math.max(at, pruned);
    applied = Math.max(applied, late);
    return { occurredAt: timeOf(late), appliedAt: timeOf(applied), currency };
  };
  for (const one of acts) await perform(one);
  return { currency, told };

  async function perform(one: Act): Promise<void> {
    if (one.act === "count") await store.countHistory();
    else if (one.act === "move") await move(one.subscription, one.to);
    else if (one.act === "pay") await pay(one);
    else if (one.act === "change") await change(one);
    else {
      pruned = Math.max(pruned, one.at);
      await store.pruneHistory({ before: timeOf(pruned), limit: 1000 });
    }
  }

  async function pay({ at, amount, fails }: Extract<Act, { act: "pay" }>) {
    const known = { ...applyAt(at), customerId: named(0), factId: `${run}_${told.length}` };
    const fact = buildPaymentEntry({ ...known, status: fails ? "failed" : "succeeded", amount });
    const head = {
      ...{ id: `${run}_evt_${told.length}`, provider: "stripe", type: "outside" },
      ...{ receivedAt: timeOf(0), occurredAt: timeOf(0), providerCustomerId: null, subscriptionId: null },
    };
    const settled = { state: "ignored", reason: null, save: null, callbacks: [], jobs: [] } as const;
    await store.settleEvent({ head, ...settled, facts: [fact] });
    told.push(fact);
  }

  async function change({ customer, subscription: number, at, mrr }: Extract<Act, { act: "change" }>) {
    const [owner, before] = [owners.get(number) ?? customer, mrrs.get(number) ?? 0];
    owners.set(number, owner);
    mrrs.set(number, mrr);
    const known = applyAt(at);
    const id = `${run}_sub_${number}`;
    const subscription = buildSubscription({
      id,
      customerId: named(owner),
      currency,
      asOf: known.occurredAt,
    });
    const ending = mrr === 0 && before > 0 ? "involuntary" : null;
    const history = buildHistoryEntry(subscription, { ...known, mrr, delta: mrr - before, ending });
    const stored = await store.findStoredSubscription(id, "stripe");
    const expectedRevision = stored?.revision ?? null;
    await store.saveSubscription({ subscription, expectedRevision, history, callbacks: [], jobs: [] });
    told.push(history);
  }

  async function move(number: number, customer: number) {
    const from = owners.get(number);
    if (from === undefined || from === customer) return;
    const subscriptionId = `${run}_sub_${number}`;
    const who = { subscriptionId, from: named(from), to: named(customer), at: timeOf(0) };
    await store.moveSubscription(who, ({ ofFrom }) => ofFrom.filter(({ id }) => id === subscriptionId));
    owners.set(number, customer);
    for (const [place, entry] of told.entries()) {
      if (entry.subscriptionId === subscriptionId) told[place] = { ...entry, customerId: named(customer) };
    }
  }
}
