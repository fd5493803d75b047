import type { Callback } from "../../language/callback.js";
import type { HistoryEntry } from "../../language/history.js";
import type { Job } from "../../language/job.js";
import type { StoredSubscription, Subscription } from "../../language/subscription.js";
import type { IsoTime } from "../../language/time.js";

/** A subscription to be saved only if nobody has saved it since it was read. */
export interface SubscriptionSave {
  readonly subscription: Subscription;
  /** The revision that was read; `null` when there was none of this provider and id. */
  readonly expectedRevision: string | null;
  /** What the history keeps of it, written in the same step. @default nothing: nothing has changed */
  readonly history?: HistoryEntry | null;
  /**
   * Since when its customer's members may have too few seats, or too many: where members were reported, their seats are due
   * in the same step, and a job looks at them. @default nothing concerns them
   */
  readonly seatsDueAt?: IsoTime | null;
}

/** The same with what follows from it. */
export interface SubscriptionWrite extends SubscriptionSave {
  readonly callbacks: readonly Callback[];
  readonly jobs: readonly Job[];
}

export interface SubscriptionReads {
  /** All of a customer's, ended ones included, oldest first. */
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;
  findSubscription(id: string, provider: string): Promise<Subscription | null>;
  findStoredSubscription(id: string, provider: string): Promise<StoredSubscription | null>;
}

export interface SubscriptionCommands {
  /**
   * Compares and saves, with the callbacks and jobs that follow: all of it, or nothing. `"overtaken"`: somebody else has
   * saved it since it was read. Of several at once that read the same, one saves.
   */
  saveSubscription(write: SubscriptionWrite): Promise<"saved" | "overtaken">;
}
