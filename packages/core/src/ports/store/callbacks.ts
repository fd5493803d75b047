import type { Callback } from "../../language/callback.js";
import type { IsoTime } from "../../language/time.js";
import type { AttemptEnd, FailureNote } from "./work.js";

/**
 * `waiting`: to be run, for the first time or again. `dead`: it failed at every attempt and was put aside. `unheard`:
 * no instance has a function for its type; it starts waiting once one has, for as long as it is kept.
 */
export type CallbackState = "waiting" | "delivered" | "dead" | "unheard";

/** A callback as the outbox keeps it. */
export type CallbackRecord = Callback & {
  readonly customerId: string;
  readonly state: CallbackState;
  /** How often it was begun. */
  readonly attempts: number;
  /** From the last attempt that failed: the error's name and the start of its message, nothing else. */
  readonly lastError: FailureNote | null;
  readonly createdAt: IsoTime;
  /** When a waiting one may next run, if none of the same customer waits ahead of it. */
  readonly nextAttemptAt: IsoTime;
  /** When it was delivered, put aside, or found to be unheard. */
  readonly finishedAt: IsoTime | null;
};

/** One page of the outbox, the latest first. */
export interface CallbackPage {
  readonly callbacks: readonly CallbackRecord[];
  /** To pass as the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** Which callbacks to list; without anything: all, the latest first. */
export interface CallbackFilter {
  readonly state?: CallbackState;
  readonly customerId?: string;
  /** A page's `next`. */
  readonly after?: string;
}

/** A callback that was handed out, while its customer is held. */
export interface TakenCallback {
  readonly callback: Callback;
  /** How often it was begun, this time included. */
  readonly attempts: number;
  /** Which hold of the customer this is, in whatever form the store likes. */
  readonly lease: string;
}

/** How the attempt at a callback that was handed out ended. */
export interface EndedCallback {
  readonly taken: TakenCallback;
  readonly end: AttemptEnd;
}

/** The outbox as those see it who run callbacks. How many at once and when again is not the store's to decide. */
export interface CallbackQueue {
  /**
   * Hands out callbacks that are due, the longest due first, and holds their customers for `leaseSeconds`. Of a
   * customer only the one that waits longest, if it is due, of one of these types, and nobody holds the customer: so
   * that a customer's callbacks run one by one and in their order. Each counts as begun.
   */
  takeCallbacks(options: {
    readonly types: readonly string[];
    readonly limit: number;
    readonly leaseSeconds: number;
  }): Promise<readonly TakenCallback[]>;
  /**
   * Records how attempts ended, and lets go of their customers if they are still held under the same lease: all of it
   * or nothing. What succeeded has succeeded, but a failure counts only if nobody has begun another attempt since.
   *
   * @returns whether one of these customers may have another one that is due
   */
  endCallbacks(ended: readonly EndedCallback[]): Promise<boolean>;
  /**
   * Says that this instance runs callbacks of these types, as long as it says so again every few minutes. Those that
   * were kept as unheard wait from then on; and those that wait although no instance has run their type for ten minutes
   * become unheard.
   */
  hearCallbacks(types: readonly string[]): Promise<void>;
}

/** What operators see of the outbox, and can do about it. */
export interface CallbackOutbox {
  /** @throws BillingError `invalid_query` when `after` is not a page's `next`. */
  listCallbacks(filter: CallbackFilter & { readonly limit: number }): Promise<CallbackPage>;
  /** Runs a callback again, whatever became of it, or at once if it waits. `false` when there is none. */
  replayCallback(id: string): Promise<boolean>;
  /** Deletes finished ones, at most `limit` of them; returns how many. */
  pruneCallbacks(options: {
    readonly deliveredBefore: IsoTime;
    readonly deadBefore: IsoTime;
    readonly unheardBefore: IsoTime;
    readonly limit: number;
  }): Promise<number>;
}
