import type { Purchase } from "../../language/purchase.js";
import type { SeatsInUse } from "../../language/seats.js";
import type { Subscription } from "../../language/subscription.js";
import type { IsoTime } from "../../language/time.js";
import type { UsageCapFact } from "../../language/usage-cap.js";

/** The count of a metered feature in one period. */
export interface UsageFact {
  readonly feature: string;
  readonly used: number;
  /** When the period started: which one it is. */
  readonly startsAt: IsoTime;
  /** When the count starts again; `null`: never. */
  readonly endsAt: IsoTime | null;
}

/** Everything that access is decided from, read at one moment. */
export interface AccessFacts {
  /** Whether the customer is known at one of the providers that were asked for. */
  readonly hasBillingAccount: boolean;
  /** All of the customer's, ended ones included, oldest first. */
  readonly subscriptions: readonly Subscription[];
  /**
   * For every period that may be running at the moment asked for, several of one feature included: `currentUsage` says
   * which of them counts. What is missing was not used.
   */
  readonly usage: readonly UsageFact[];
  readonly purchases: readonly Purchase[];
  /** How far their use may go beyond what is included, where that was set for them. Absent: it was not. */
  readonly caps?: readonly UsageCapFact[];
  /** How many members the app said there are, by plan group. Absent: it said nothing. */
  readonly seats?: SeatsInUse;
}

/** Reads what access is decided from. */
export interface AccessReads {
  /** In one statement, because every cold access check waits for it. */
  readAccessFacts(customerId: string, providers: readonly string[], at: Date): Promise<AccessFacts>;
  /** The same for many in one statement, by customer: everybody asked for has an entry. */
  readManyAccessFacts(
    customerIds: readonly string[],
    providers: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, AccessFacts>>;
}
