import type { StoredSubscription } from "./subscription.js";
import type { IsoTime } from "./time.js";

/** What became of an event for good. */
export type SettledState =
  /** It changed what is stored, or was told to the app. */
  | "applied"
  /** A newer state was stored already. */
  | "stale"
  /** Of another product in the same account, or of a type that means nothing to us. */
  | "ignored";

/** Where an event stands that is still to be dealt with. */
export type UnsettledState =
  /** Kept before something slow; what a crash leaves like this is taken up again. */
  | "received"
  /** Its customer is not known yet; applied once they are. */
  | "unmatched"
  /** It could not be dealt with; tried again at `nextAttemptAt`. */
  | "failed";

/** Where an event stands. */
export type EventState = SettledState | UnsettledState;

/** All that a decision about an event needs, read at one moment. */
export interface EventFacts {
  /** `null`: it was never seen. */
  readonly state: EventState | null;
  readonly attempts: number;
  /** The stored subscription that the event is about. */
  readonly current: StoredSubscription | null;
  /** Whom `providerCustomerId` is linked to. */
  readonly customerId: string | null;
  /** When the latest event of the subscription occurred that was ignored, because nothing was stored of it yet. */
  readonly ignoredAt: IsoTime | null;
}
