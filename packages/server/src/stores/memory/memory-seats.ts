import {
  packRecord,
  type SeatCommands,
  type SeatReads,
  type SeatsInUse,
  type StoredSeats,
  unpackRecord,
} from "@tollgate/core";
import { toText } from "./as-text.js";
import { isBeingDeletedIn } from "./memory-deletions.js";
import { addCallbacksIn } from "./memory-outbox.js";
import type { KeptSeats, MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

export function createMemorySeats(state: MemoryState): SeatReads & SeatCommands {
  const { seats } = state;
  return {
    listSeats: async (customerId) => seatsIn(state, customerId),
    async listDueSeats({ at, limit }) {
      const due = seats.all().filter(({ dueAt }) => dueAt !== null && dueAt <= at);
      return due.sort(byDue).slice(0, limit).map(toStored);
    },
    async saveSeats({ record, dueAt, expectedRevision, callbacks }) {
      const { customerId, group, count } = record;
      const key = keyOf(customerId, group);
      if (isBeingDeletedIn(state, customerId)) return "overtaken";
      if ((seats.get(key)?.revision ?? null) !== expectedRevision) return "overtaken";
      const text = toText(packRecord("seats", record));
      state.atOnce(() => {
        seats.set(key, { customerId, group, count, dueAt, text, revision: (expectedRevision ?? 0) + 1 });
        addCallbacksIn(state, callbacks);
      });
      state.changed([customerId]);
      if (callbacks.length > 0) state.added("callbacks");
      return "saved";
    },
  };
}

function byDue(a: KeptSeats, b: KeptSeats): number {
  const place = ({ dueAt, customerId, group }: KeptSeats) => keyOf(dueAt ?? "", customerId, group);
  return place(a) < place(b) ? -1 : 1;
}

function seatsIn({ seats }: MemoryState, customerId: string): readonly StoredSeats[] {
  const own = seats.all().filter((one) => one.customerId === customerId);
  return own.sort((a, b) => (a.group < b.group ? -1 : 1)).map(toStored);
}

function toStored({ text, dueAt, revision }: KeptSeats): StoredSeats {
  return { record: unpackRecord("seats", JSON.parse(text)), dueAt, revision };
}

/** How many members there are, for whoever decides about access. */
export function seatsInUseIn({ seats }: MemoryState, customerId: string): { readonly seats?: SeatsInUse } {
  const own = seats.all().filter((one) => one.customerId === customerId);
  return own.length === 0 ? {} : { seats: Object.fromEntries(own.map(({ group, count }) => [group, count])) };
}

/** Members go with the subscription; whoever has said how many there are is right. */
export function moveSeatsIn({ seats }: MemoryState, from: string, to: string): void {
  for (const one of seats.all().filter(({ customerId }) => customerId === from)) {
    seats.delete(keyOf(from, one.group));
    const key = keyOf(to, one.group);
    if (seats.get(key) !== undefined) continue;
    const record = { ...unpackRecord("seats", JSON.parse(one.text)), customerId: to };
    seats.set(key, {
      ...one,
      customerId: to,
      revision: one.revision + 1,
      text: toText(packRecord("seats", record)),
    });
  }
}
