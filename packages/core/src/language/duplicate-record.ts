import type { DuplicateAction } from "./callback.js";
import type { Money } from "./money.js";

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
