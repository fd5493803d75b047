import {
  type EventHead,
  type EventRecord,
  type KeptEvent,
  packRecord,
  type Settlement,
  type StoreReads,
  unpackRecord,
} from "@tollgate/core";
import { refuseOddText, toText } from "./as-text.js";
import type { HeldEvent, MemoryState } from "./memory-state.js";
import { storedIn } from "./memory-subscriptions.js";
import { keyOf } from "./table.js";

type EventFactReads = Pick<StoreReads, "findEvent" | "findEventFacts" | "listUnmatchedEvents">;

export function createMemoryEvents(state: MemoryState): EventFactReads {
  return {
    async findEvent(id, provider) {
      const row = state.events.get(keyOf(provider, id));
      return row === undefined ? null : toEvent(row);
    },
    async findEventFacts({ id, provider, providerCustomerId, subscriptionId }) {
      const row = state.events.get(keyOf(provider, id));
      const customer = state.customers.get(keyOf(provider, providerCustomerId ?? ""));
      const ignored = state.events.all().filter((one) => {
        return one.provider === provider && one.subscriptionId === subscriptionId && one.state === "ignored";
      });
      const times = subscriptionId === null ? [] : ignored.map(({ occurredAt }) => occurredAt).sort();
      return {
        state: row?.state ?? null,
        attempts: row?.attempts ?? 0,
        current: subscriptionId === null ? null : storedIn(state, subscriptionId, provider),
        customerId: customer?.customerId ?? null,
        ignoredAt: times.at(-1) ?? null,
      };
    },
    listUnmatchedEvents: async (id, provider) => waitingIn(state, id, provider).map(toEvent),
  };
}

/** As part of a command: the events that wait for a provider's customer, in the provider's order. */
export function waitingIn({ events }: MemoryState, id: string, provider: string): readonly HeldEvent[] {
  const waiting = events.all().filter((one) => {
    return one.providerCustomerId === id && one.provider === provider && one.state === "unmatched";
  });
  return waiting.sort(byOccurrence);
}

export function byOccurrence(a: HeldEvent, b: HeldEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  return a.position - b.position;
}

/** As part of a command; `false` when it is settled. */
export function keepIn(state: MemoryState, head: EventHead, kept: KeptEvent): boolean {
  const { state: becomes, reason, event, attempts, nextAttemptAt } = kept;
  const known = claimableIn(state, head);
  if (known === "settled") return false;
  put(state, head, known, {
    ...{ state: becomes, reason, nextAttemptAt, settledAt: null },
    attempts: Math.max(known?.attempts ?? 0, attempts),
    text: toText(packRecord("event", event)),
  });
  return true;
}

/** As part of a command; `false` when it is settled already. */
export function claimIn(
  state: MemoryState,
  { head, state: becomes, reason }: Pick<Settlement, "head" | "state" | "reason">,
): boolean {
  const known = claimableIn(state, head);
  if (known === "settled") return false;
  const settled = { state: becomes, reason, nextAttemptAt: null, settledAt: head.receivedAt, text: null };
  put(state, head, known, { ...settled, attempts: known?.attempts ?? 0 });
  return true;
}

const unsettled: ReadonlySet<string> = new Set(["received", "unmatched", "failed"]);

function claimableIn({ events }: MemoryState, head: EventHead): HeldEvent | "settled" | null {
  const known = events.get(keyOf(head.provider, head.id));
  if (known === undefined) return null;
  return unsettled.has(known.state) ? known : "settled";
}

function put(
  state: MemoryState,
  head: EventHead,
  known: HeldEvent | null,
  rest: Omit<HeldEvent, keyof EventHead | "position">,
): void {
  const { id, provider, type, occurredAt, receivedAt, providerCustomerId, subscriptionId } = head;
  for (const text of [id, provider, rest.reason, providerCustomerId, subscriptionId]) refuseOddText(text);
  state.events.set(keyOf(provider, id), {
    ...{ id, provider, type, ...rest },
    occurredAt: known?.occurredAt ?? occurredAt,
    receivedAt: known?.receivedAt ?? receivedAt,
    providerCustomerId: providerCustomerId ?? known?.providerCustomerId ?? null,
    subscriptionId: subscriptionId ?? known?.subscriptionId ?? null,
    position: known?.position ?? state.nextPosition(),
  });
}

export function toEvent(row: HeldEvent): EventRecord {
  const { position: _, settledAt: __, text, ...record } = row;
  return { ...record, event: text === null ? null : unpackRecord("event", JSON.parse(text)) };
}
