import type { Money } from "./money.js";
import type { IsoTime } from "./time.js";

/** No id of an app's begins with it, so that nobody signs in as somebody who was deleted. */
const prefix = "tollgate:deleted:";

/**
 * What somebody is called who was deleted, in what is kept of them: nothing leads from it to who they were.
 *
 * @param random such as `crypto.randomUUID()`
 * @example
 * toDeletedCustomer("7f0c"); // "tollgate:deleted:7f0c"
 */
export function toDeletedCustomer(random: string): string {
  return `${prefix}${random}`;
}

/**
 * Whether a customer's id stands for somebody who was deleted.
 *
 * @example
 * isDeletedCustomer("org_1"); // false
 */
export function isDeletedCustomer(customerId: string): boolean {
  return customerId.startsWith(prefix);
}

/** A subscription that was ended because its customer was deleted. */
export interface EndedByDeletion {
  readonly provider: string;
  /** The provider's id: `sub_…`. */
  readonly subscriptionId: string;
  /** What is paid back for unused time; `null`: nothing. */
  readonly refunded: Money | null;
}

/** What became of a customer at a provider. */
export interface ErasedAtProvider {
  readonly provider: string;
  /** The provider's id: `cus_…`. */
  readonly providerCustomerId: string;
  /**
   * `deleted`: they are not there any more, but for what the provider itself keeps by law. `kept`: something that is not
   * in this catalog, of another app in the same account, still bills them, so they were left. `not_supported`: somebody has to do
   * it on the provider's own pages.
   */
  readonly outcome: "deleted" | "kept" | "not_supported";
}

/** What was done when a customer was deleted. */
export interface DeletionReport {
  /** What they are called from now on, in what is kept. */
  readonly reference: string;
  readonly startedAt: IsoTime;
  readonly finishedAt: IsoTime;
  readonly ended: readonly EndedByDeletion[];
  /** How many checkouts were open. */
  readonly checkouts: number;
  readonly providers: readonly ErasedAtProvider[];
  /** How many records are kept under the reference, without anything that names somebody. */
  readonly kept: { readonly subscriptions: number; readonly purchases: number };
}

/** What becomes of the time that was paid for and is not used. */
export type DeletionSettlement = "nothing" | "credit" | "refund";

/** The deletion of a customer, from when it was asked for. */
export interface Deletion {
  readonly reference: string;
  /** By which the same request is known again: nothing leads from it to the customer's id. */
  readonly digest: string;
  /** `null` once it is finished. */
  readonly customerId: string | null;
  readonly settlement: DeletionSettlement;
  readonly startedAt: IsoTime;
  /** `null` while it runs. */
  readonly report: DeletionReport | null;
}
