import type { StoredSubscription } from "./subscription.js";
import type { IsoTime } from "./time.js";

/** What finally became of an event. */
export type SettledState =
  /** It changed what is stored, or was told to the app. */
  | "applied"
  /** A newer state was stored already. */
  | "stale"
  /** Of another product in the same account, or of a type that means nothing to us. */
  | "ignored";

/** Where an event that is still to be dealt with stands. */
export type UnsettledState =
  /** Kept before something slow; what a crash leaves in this state is taken up again. */
  | "received"
  /** Its customer is not known yet; applied once they are. */
  | "unmatched"
  /** It could not be dealt with; tried again at `nextAttemptAt`. */
  | "failed";

/** Where an event stands. */
export type EventState = SettledState | UnsettledState;

/** Everything that a decision about an event needs, read at one moment. */
export interface EventFacts {
  /** `null`: it was never seen. */
  readonly state: EventState | null;
  readonly attempts: number;
  /** The stored subscription that the event is about. */
  readonly current: StoredSubscription | null;
  /** The customer that `providerCustomerId` is linked to. */
  readonly customerId: string | null;
  /** When the latest ignored event of the subscription occurred, ignored because nothing was stored of it yet. */
  readonly ignoredAt: IsoTime | null;
}
