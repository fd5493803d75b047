import type { Subscription } from "../../subscription.js";
import type { IsoTime } from "../../time.js";

/** What was counted of a metered feature in the period that is running. */
export interface UsageFact {
  readonly feature: string;
  readonly used: number;
  /** When the count starts again; `null`: never. */
  readonly endsAt: IsoTime | null;
}

/** All that access is decided from, read at one moment. */
export interface AccessFacts {
  /** Whether the customer is known at the provider. */
  readonly hasBillingAccount: boolean;
  /** All of the customer's, ended ones included, oldest first. */
  readonly subscriptions: readonly Subscription[];
  /** Of the periods that are running at the moment asked for; a feature that is not there was not used. */
  readonly usage: readonly UsageFact[];
}

export interface AccessReads {
  /** In one statement, because every cold access check waits for it. */
  readAccessFacts(customerId: string, provider: string, at: Date): Promise<AccessFacts>;
}
