import type { BillingEventType } from "../language/billing-event.js";
import type { EventState } from "../language/event-facts.js";
import type { IsoTime } from "../language/time.js";
import type { ComparedSubscription, FoundDifference } from "./find-difference.js";

/** An event in the provider's list, and what the inbox knows of it. */
export interface ListedEvent {
  readonly id: string;
  readonly type: BillingEventType;
  readonly occurredAt: IsoTime;
  /** `null`: it never arrived. */
  readonly standing: { readonly state: EventState; readonly reason: string | null } | null;
}

/** What is known about the provider's customer when nobody is linked to it. */
export interface CustomerClaim {
  /** Whose it would be, by our metadata or according to the app; `null`: nobody knows. */
  readonly customerId: string | null;
  /** The provider's customer that this one is already linked to, if it is another. */
  readonly linkedTo: string | null;
}

/** Everything that explains a difference. */
export interface DifferenceFacts extends ComparedSubscription {
  readonly provider: string;
  readonly subscriptionId: string;
  readonly difference: FoundDifference;
  readonly claim: CustomerClaim | null;
  /** The provider's events about it since the stored state; earlier ones explain nothing. */
  readonly events: readonly ListedEvent[];
  /** Whether the list covered all of that time: providers forget, and a long list is not read to its end. */
  readonly eventsComplete: boolean;
  /** For missing ones: whether the provider has its customer, alive or deleted. */
  readonly customerKnown: boolean;
  /** The provider's time of the read. */
  readonly asOf: IsoTime;
  /**
   * How old an event has to be to count as missed, in seconds: a more recent one may be on its way. 0: none is waited
   * for.
   */
  readonly patienceSeconds: number;
}
