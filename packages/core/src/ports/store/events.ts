import type { IsoTime } from "../../time.js";

/** What became of an event. */
export type EventState =
  /** It changed what is stored. */
  | "applied"
  /** A newer state was stored already. */
  | "stale"
  /** Of another product in the same account, or of a type that means nothing to us. */
  | "ignored"
  /** Its customer is not known yet; kept whole and applied once they are. */
  | "unmatched";

/** An event as the store remembers it. */
export interface EventRecord {
  readonly id: string;
  readonly provider: string;
  readonly type: string;
  readonly occurredAt: IsoTime;
  readonly state: EventState;
  readonly receivedAt: IsoTime;
  /** Only for unmatched events: whose they are, and the neutral event to apply later. */
  readonly unmatched: { readonly providerCustomerId: string; readonly event: unknown } | null;
}

export interface EventReads {
  findEvent(id: string, provider: string): Promise<EventRecord | null>;
}

export interface EventWrites {
  /**
   * Records an event once. `false` when it is recorded already, unless as unmatched: then it is
   * recorded anew and may be applied. Of two transactions that claim the same event at once, the second
   * waits for the first.
   */
  claimEvent(event: EventRecord): Promise<boolean>;
  /** The events that wait for this customer, in the provider's order. */
  listUnmatchedEvents(providerCustomerId: string, provider: string): Promise<readonly EventRecord[]>;
}
