import type { DuplicateAction } from "../../language/callback.js";
import type { Money } from "../../language/money.js";

/**
 * What was decided about a second subscription of the same group. Stored before anything is done about it, so that
 * whatever crashes, the decision is carried out once, and completely.
 */
export interface DuplicateRecord {
  readonly provider: string;
  /** The provider's id of the second one. */
  readonly subscriptionId: string;
  readonly customerId: string;
  readonly group: string;
  /** The provider's id of the one that continues. */
  readonly keptId: string;
  /** Who bills that one. @default `provider` */
  readonly keptProvider?: string;
  readonly action: DuplicateAction;
  /** `done`: carried out, and the app is told. */
  readonly state: "decided" | "done";
  /** What was refunded; `null` when nothing was, or not yet. */
  readonly refund: Money | null;
}

export interface DuplicateReads {
  /** All of a customer's in a group, done ones included, in the order of their ids. */
  listDuplicates(customerId: string, provider: string, group: string): Promise<readonly DuplicateRecord[]>;
}

export interface DuplicateWrites {
  /** Inserts, or replaces the one of the same provider and subscription. */
  saveDuplicate(duplicate: DuplicateRecord): Promise<void>;
  /** Withdraws what was decided, if it is not done yet. */
  removeDuplicate(duplicate: Pick<DuplicateRecord, "provider" | "subscriptionId">): Promise<void>;
}
