import type { Period } from "./subscription.js";
import type { IsoTime } from "./time.js";
import type { CreditsTopUp } from "./top-up.js";

/** What a grant of credits comes from. */
export type CreditsSource =
  /** Your own code gave it. */
  | { readonly kind: "hand" }
  /** A plan that was paid for, for one of its periods. */
  | {
      readonly kind: "plan";
      readonly provider: string;
      readonly subscriptionId: string;
      readonly planId: string;
      readonly period: Period;
    }
  /** A product that was bought. */
  | {
      readonly kind: "purchase";
      readonly provider: string;
      readonly checkoutId: string;
      readonly productId: string;
    }
  /** A product that was bought by itself, because few were left. */
  | {
      readonly kind: "top_up";
      readonly provider: string;
      readonly invoiceId: string;
      readonly productId: string;
    };

/** Credits that were granted together, and what is left of them. */
export interface CreditsGrant {
  /** Made from what it comes from, so that the same one is never granted twice. */
  readonly id: string;
  readonly source: CreditsSource;
  /** How many were granted. */
  readonly amount: number;
  /** How many were neither used, nor expired, nor taken back; those that are held are among them. */
  readonly left: number;
  /** How many of those that are left are reserved. */
  readonly held: number;
  /** `null`: they never expire. */
  readonly expiresAt: IsoTime | null;
  /** Of all that are left those with the lowest number are used first. */
  readonly priority: number;
  readonly grantedAt: IsoTime;
  /**
   * At its end so many of what is left are carried over to the next period, together with what was carried before.
   * Absent: none.
   */
  readonly carries?: number;
}

/** What was to be taken back after it had been used: the next credits of plans and products pay it. */
export interface CreditsDebt {
  /** The grant that it was to be taken from. */
  readonly grantId: string;
  readonly amount: number;
}

/** What a customer has of one of the catalog's credits. */
export interface CreditsAccount {
  /** Those of which something is left, and those of plans whose period is not over. */
  readonly grants: readonly CreditsGrant[];
  readonly debts: readonly CreditsDebt[];
  /** What is bought by itself when few are left. Absent: nobody ever chose that. */
  readonly topUp?: CreditsTopUp;
}

/** What a customer has of one of the catalog's credits now, as their pages show it. */
export interface CreditsSummary {
  /** How many can be used or reserved. */
  readonly available: number;
  /** How many are reserved, and neither used nor free. */
  readonly held: number;
  /** How many were to be taken back after they had been used: the next ones of plans and products pay them. */
  readonly owed: number;
  /** Which of them expire next; `null`: none does. */
  readonly expiring: { readonly amount: number; readonly at: IsoTime } | null;
}

/** How many of one grant. */
export interface CreditsPart {
  readonly grantId: string;
  readonly amount: number;
}

/** Whether credits that were reserved are still held, or what became of them. */
export type CreditsHoldState = "open" | "committed" | "released" | "expired";

/** Credits that are reserved for work whose cost is known only afterwards. */
export interface CreditsHold {
  readonly id: string;
  readonly amount: number;
  /** From which grants they are. */
  readonly parts: readonly CreditsPart[];
  readonly state: CreditsHoldState;
  /** How many of them were used in the end; `null` unless it was committed. */
  readonly used: number | null;
  readonly createdAt: IsoTime;
  /** From then on it holds nothing any more. */
  readonly expiresAt: IsoTime;
  readonly settledAt: IsoTime | null;
}

/** Why a balance of credits changed. */
export type CreditsEntryKind =
  | "granted"
  | "used"
  | "expired"
  /** By a refund, a dispute, a cheaper plan or by hand. */
  | "taken_back"
  /** What was taken back is theirs again: a refund that failed, a dispute that was won. */
  | "given_back"
  /** They went along with a subscription that was given to another customer. */
  | "moved";

/** A line of the ledger of a customer's credits; it stays as it is for good. */
export interface CreditsEntry {
  readonly kind: CreditsEntryKind;
  /** What it changed the balance by: below 0 for what went. */
  readonly amount: number;
  /** What is left after it, held ones included. */
  readonly balance: number;
  /** From which grants, or to which. */
  readonly parts: readonly CreditsPart[];
  /** The grant that it is about; `null`: about none in particular. */
  readonly grantId: string | null;
  readonly reason: string | null;
  /** Names it for good: there is at most one with it. `null`: it has no name. */
  readonly key: string | null;
  /** The grant as it was made, for one that was granted. */
  readonly grant?: CreditsGrant;
  readonly at: IsoTime;
}
