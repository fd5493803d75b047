import type { BillingEvent, IsoTime, ProviderEvents } from "@tollgate/core";
import type { Pace } from "./pace.js";

/** The provider's own list of events, read as far back as explaining needs it. */
export interface EventIndex {
  /**
   * The events about a subscription from then on, oldest first; `complete`: whether the list was read back that far.
   */
  about(
    subscriptionId: string,
    since: IsoTime,
    asOf: IsoTime,
  ): Promise<{ readonly events: readonly BillingEvent[]; readonly complete: boolean }>;
}

const msPerDay = 86_400_000;
/** 5,000 events: further back, an explanation is not worth the requests and the memory. */
const pagesAtMost = 50;
/** The list lacks what happened after it was read: this is how much later it may still be asked. */
const freshMs = 30_000;

type History = NonNullable<ProviderEvents["history"]>;

interface Reading {
  readonly since: Date;
  readonly asOf: IsoTime;
  readonly byId: Map<string, BillingEvent[]>;
  pages: number;
  next: string | null;
  /** The time of the oldest event read so far. */
  reachedBack: IsoTime;
}

/** @param history the provider's list, and how far back it counts; `null`: there is none */
export function createEventIndex(history: ProviderEvents["history"], pace: Pace): EventIndex {
  let reading: Reading | null = null;

  async function begin(asOf: IsoTime, { days, list }: History): Promise<Reading> {
    // A minute short of it, because the list's end moves while it is read.
    const since = new Date(Date.parse(asOf) - days * msPerDay + 60_000);
    const page = await pace(() => list({ since, after: null }));
    const begun = { since, asOf, byId: new Map(), pages: 0, next: null, reachedBack: asOf };
    take(begun, page);
    return begun;
  }

  return {
    async about(subscriptionId, since, asOf) {
      if (history === null) return { events: [], complete: false };
      if (reading === null || Date.parse(asOf) - Date.parse(reading.asOf) > freshMs) {
        reading = await begin(asOf, history);
      }
      const mine = reading;
      while (mine.next !== null && mine.reachedBack >= since && mine.pages < pagesAtMost) {
        const after = mine.next;
        take(mine, await pace(() => history.list({ since: mine.since, after })));
      }
      const known = mine.byId.get(subscriptionId) ?? [];
      const events = known.filter(({ occurredAt }) => occurredAt >= since);
      const readAll = mine.next === null && since >= mine.since.toISOString();
      const complete = readAll || mine.reachedBack < since;
      return { events: inOrder(events), complete };
    },
  };
}

function take(
  reading: Reading,
  page: { readonly items: readonly BillingEvent[]; readonly next: string | null },
): void {
  reading.pages += 1;
  reading.next = page.next;
  for (const event of page.items) {
    if (event.occurredAt < reading.reachedBack) reading.reachedBack = event.occurredAt;
    const id = "subscriptionId" in event ? event.subscriptionId : null;
    if (id !== null) reading.byId.set(id, [...(reading.byId.get(id) ?? []), event]);
  }
}

/** From the provider's order, the latest first; within a second only that order says which came first. */
export function inOrder<T extends Pick<BillingEvent, "occurredAt">>(events: readonly T[]): readonly T[] {
  return events.toReversed().sort((one, other) => one.occurredAt.localeCompare(other.occurredAt));
}
