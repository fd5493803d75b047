import type { EventState } from "../../language/event-facts.js";
import type { StoredSubscription, Subscription } from "../../language/subscription.js";
import type { IsoTime } from "../../language/time.js";
import type { CustomerLink } from "./customers.js";

/** Where a run stands: how far it got and what it found. Counts are since its beginning. */
export interface ReconcileProgress {
  /** `provider`: goes through the provider's list. `store`: goes through what is stored and was not seen there. */
  readonly phase: "provider" | "store";
  /** The element of the phase's list after which to continue; `null`: at its beginning. */
  readonly cursor: string | null;
  readonly checked: number;
  readonly found: number;
  readonly repaired: number;
}

/** A comparison of the store with the provider, finished or not. */
export interface ReconcileRun extends ReconcileProgress {
  readonly id: string;
  readonly provider: string;
  /** `full`, `since:<time>` or `customer:<id>`. */
  readonly scope: string;
  readonly repair: boolean;
  readonly startedAt: IsoTime;
  readonly finishedAt: IsoTime | null;
}

/** What is stored about some of the provider's subscriptions. */
export interface ReconcileFacts {
  readonly subscriptions: readonly Pick<StoredSubscription, "subscription" | "written">[];
  readonly links: readonly CustomerLink[];
}

/** What became of an event that the inbox knows. */
export interface EventStanding {
  readonly id: string;
  readonly state: EventState;
  readonly reason: string | null;
}

/** The store's part in comparing it with the provider: how far a run got, and what is to be compared. */
export interface Reconciliations {
  /**
   * Takes up the unfinished run of the same provider, scope and `repair`, or begins one, and holds it for
   * `leaseSeconds`. `null` while somebody else holds a run of the same `lane`. Runs from before `forgetBefore`
   * are deleted.
   */
  beginReconcile(input: {
    readonly provider: string;
    readonly lane: string;
    readonly scope: string;
    readonly repair: boolean;
    readonly holder: string;
    readonly now: IsoTime;
    readonly leaseSeconds: number;
    /** An unfinished run that began before it is no longer taken up. */
    readonly staleBefore: IsoTime;
    readonly forgetBefore: IsoTime;
  }): Promise<{ readonly run: ReconcileRun; readonly resumed: boolean } | null>;
  /**
   * Stores how far the run got and which subscriptions the provider has (`seen`), in one step, and keeps hold of it.
   * `false` when somebody else took it over: nothing is stored then.
   */
  advanceReconcile(input: {
    readonly id: string;
    readonly holder: string;
    readonly now: IsoTime;
    readonly leaseSeconds: number;
    readonly progress: ReconcileProgress;
    readonly seen: readonly string[];
    readonly finished: boolean;
  }): Promise<boolean>;
  /** Lets go of the run, finished or not; nothing happens if somebody else holds it. */
  releaseReconcile(id: string, holder: string): Promise<void>;
  /** The latest finished runs, the one that began last first. */
  listFinishedReconciles(provider: string, limit: number): Promise<readonly ReconcileRun[]>;

  /** What is stored under these ids, and the customers that these provider customers are linked to. */
  readReconcileFacts(input: {
    readonly provider: string;
    readonly subscriptionIds: readonly string[];
    readonly providerCustomerIds: readonly string[];
  }): Promise<ReconcileFacts>;
  /** Those of these that the run has seen. */
  listSeen(runId: string, subscriptionIds: readonly string[]): Promise<readonly string[]>;
  /**
   * Those stored as running (of one customer, or of all) that the run has not seen at the provider, in the
   * order of their ids.
   */
  listUnseen(input: {
    readonly runId: string;
    readonly provider: string;
    readonly customerId: string | null;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly Subscription[]>;
  /** What the inbox knows of these events; one that never arrived is not among them. */
  readEventStandings(provider: string, ids: readonly string[]): Promise<readonly EventStanding[]>;
}
