import type { Subscription } from "../../language/subscription.js";
import type { IsoTime } from "../../language/time.js";
import type { CustomerLink } from "./customers.js";

/** What is gone through page by page, for a provider that can't list or tell it. */
export interface Rounds {
  /** Everybody who is or was linked at a provider, in the order of the provider's ids. */
  listLinks(input: {
    readonly provider: string;
    /** The provider's id of the last one of the page before. */
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly CustomerLink[]>;
  /** The running trials of a provider that end after `from` and by `until`, in the order of their ids. */
  listEndingTrials(input: {
    readonly provider: string;
    readonly from: IsoTime;
    readonly until: IsoTime;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly Subscription[]>;
  /** The subscriptions of a provider that are past due, in the order of their ids. */
  listPastDue(input: {
    readonly provider: string;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly Subscription[]>;
}
