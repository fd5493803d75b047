import type { Callback } from "../../language/callback.js";
import type { CreditsAccount, CreditsEntry, CreditsHold } from "../../language/credits.js";
import type { IsoTime } from "../../language/time.js";

/** Which of whose credits. */
export interface CreditsOf {
  readonly customerId: string;
  readonly credit: string;
}

/** What is to be read of them, besides the account and the holds that are over. */
export interface CreditsQuery extends CreditsOf {
  readonly now: IsoTime;
  readonly holdIds: readonly string[];
  /** Of lines of the ledger. */
  readonly keys: readonly string[];
  /** Of which grants to say how many were taken back so far. */
  readonly grantIds: readonly string[];
}

/** What is stored of them, all at one moment. */
export interface StoredCredits {
  /** Differs after every save; `null`: there is nothing yet. */
  readonly revision: string | null;
  readonly account: CreditsAccount;
  /** Those that were asked for, and up to a thousand that are open and over. */
  readonly holds: readonly CreditsHold[];
  readonly entries: readonly CreditsEntry[];
  /** How many were taken back and not given back on account of each grant that was asked for; absent: none. */
  readonly reclaimed: Readonly<Record<string, number>>;
}

/** What becomes of them. */
export interface CreditsSave extends CreditsOf {
  /** Of what it was decided from. */
  readonly expectedRevision: string | null;
  readonly account: CreditsAccount;
  /** When something of the account is due; `null`: nothing is. */
  readonly dueAt: IsoTime | null;
  /** New ones, and those that changed. */
  readonly holds: readonly CreditsHold[];
  /** For the ledger, in this order. */
  readonly entries: readonly CreditsEntry[];
  readonly callbacks: readonly Callback[];
}

/** A page of a ledger, the newest first. */
export interface CreditsPage {
  readonly entries: readonly CreditsEntry[];
  /** For the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** What customers have of the catalog's credits, across all instances that share the database. */
export interface CreditsBooks {
  readCredits(query: CreditsQuery): Promise<StoredCredits>;
  /**
   * Writes all of it in one step, unless somebody else has written since it was read: of two at once one comes first,
   * and the other is `overtaken`.
   */
  saveCredits(save: CreditsSave): Promise<"saved" | "overtaken">;
  /** Every account of a customer, by credit. */
  listCreditsAccounts(customerId: string): Promise<Readonly<Record<string, CreditsAccount>>>;
  /** @throws BillingError `invalid_query` when `after` is not the `next` of a page */
  listCreditsEntries(
    page: CreditsOf & { readonly after: string | null; readonly limit: number },
  ): Promise<CreditsPage>;
  /** Whose account or holds have something that is due. */
  listDueCredits(options: { readonly now: IsoTime; readonly limit: number }): Promise<readonly CreditsOf[]>;
  /** Deletes up to `limit` holds that were settled before the moment; returns how many. */
  pruneCreditsHolds(bounds: { readonly settledBefore: IsoTime; readonly limit: number }): Promise<number>;
}
