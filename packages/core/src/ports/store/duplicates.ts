import type { DuplicateAction } from "../../language/callback.js";
import type { DuplicateRecord } from "../../language/duplicate-record.js";
import type { Money } from "../../language/money.js";
import type { IsoTime } from "../../language/time.js";

/** A customer's subscriptions of one plan group, of which only one may run. */
export interface DuplicateScope {
  readonly customerId: string;
  readonly group: string;
  /** The providers to look at, each with what becomes of a second one there. */
  readonly actions: readonly { readonly provider: string; readonly action: DuplicateAction }[];
}

/** What was given back for a second subscription. */
export interface DuplicateRefund {
  /** All of it so far; `null`: nothing. */
  readonly refund: Money | null;
  /** Whether the provider has only promised it. */
  readonly pending: boolean;
}

/** What was decided about second subscriptions. */
export interface DuplicateReads {
  /** All of a customer's in a group, done ones included, in the order of their ids. */
  listDuplicates(customerId: string, provider: string, group: string): Promise<readonly DuplicateRecord[]>;
}

export interface DuplicateCommands {
  /**
   * Reads the customer's subscriptions and what was decided about them, has `decideDuplicates` say which of them are
   * second ones, and writes that. Answers what is decided and not done. Of two at once, the second sees what the first
   * decided, and decides nothing anew.
   */
  recordDuplicates(scope: DuplicateScope, now: IsoTime): Promise<readonly DuplicateRecord[]>;
  /**
   * Notes that a decision is carried out, and what was refunded, and tells the app: reads both subscriptions and what was
   * noted before, and writes what `decideCompletion` says, the callback included. Answers whether there was something to
   * write: of two at once one has, unless it refunded more.
   */
  completeDuplicate(decision: DuplicateRecord, refunded: DuplicateRefund): Promise<boolean>;
  /** Withdraws what was decided, if it is not done yet. */
  withdrawDuplicate(decision: Pick<DuplicateRecord, "provider" | "subscriptionId">): Promise<void>;
}
