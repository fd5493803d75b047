import type { Callback } from "../../language/callback.js";
import type { IsoTime } from "../../language/time.js";
import type { UsageCapFact } from "../../language/usage-cap.js";
import type { UsageReport } from "../../language/usage-report.js";

/** A use of a metered feature that is to be counted. */
export interface UsageEntry {
  readonly customerId: string;
  readonly feature: string;
  /** The period that it is counted in. */
  readonly period: { readonly startsAt: IsoTime; readonly endsAt: IsoTime | null };
  /** A whole number, at least 1. */
  readonly quantity: number;
  /** How many the period may hold, this use included; `null`: no limit. */
  readonly limit: number | null;
  /** The same key of the same customer and feature is counted once, in whichever period it is repeated. */
  readonly idempotencyKey: string;
  readonly recordedAt: IsoTime;
  /** Who is billed for it, and has to be told what was counted: it is kept in the same step. Absent: nobody. */
  readonly billedTo?: { readonly provider: string; readonly providerCustomerId: string };
  /** Who used it, and how many a member may use of the period. Absent: nobody in particular. */
  readonly member?: EntryMember;
  /**
   * What is told once the period holds so many. Of several that one step reaches, the last of each `of` in their data is
   * told: it is added in the same step, with `used` of its data as the period holds then. Absent: nothing.
   */
  readonly alerts?: readonly UsageAlert[];
  /** What the period held when this was decided: a hint of whether it will fit. @default 0 */
  readonly usedBefore?: number;
  /** When it was used, within the period, where whoever is billed for it is told so. Absent: now. */
  readonly usedAt?: IsoTime;
}

/** A member to count a use for. */
export interface EntryMember {
  /** The app's own id of them, which names them among the customer's. */
  readonly id: string;
  /** How many they may use, by the plan; what is stored for them takes its place. `null`: as many as the customer. */
  readonly limit: number | null;
}

/** What is told when a count is reached. */
export interface UsageAlert {
  readonly at: number;
  readonly callback: Extract<Callback, { readonly type: "usage.threshold_reached" }>;
}

/** A cap that is set for one customer, or taken away. */
export interface UsageCapWrite extends Omit<UsageCapFact, "cap"> {
  readonly customerId: string;
  /** `null`: any number may be used; `"none"`: nothing is set any more. */
  readonly cap: UsageCapFact["cap"] | "none";
}

/** What became of an entry. */
export interface UsageOutcome {
  /**
   * `duplicate`: the key was counted before. `refused`: the limit leaves too little. In both cases nothing is counted.
   */
  readonly outcome: "counted" | "duplicate" | "refused";
  /** What the period holds now. */
  readonly used: number;
  /** What the member used of the period, and may. Absent: the entry names none. */
  readonly member?: MemberOutcome;
  /** Whose limit refused it, the customer's first; of an entry with a member. */
  readonly limitOf?: "customer" | "member";
}

/** What a member used of a period, and may: `null` is as much as the customer. */
export interface MemberOutcome {
  readonly used: number;
  readonly limit: number | null;
}

/** Counts what customers use, across all instances that share the database. */
export interface UsageCounter {
  /**
   * Checks the limit and the key and counts, in one step: of many at once, exactly as many as fit succeed. Where the entry
   * names a member, it must fit the member's limit too, and counts for both or for neither.
   */
  countUsage(entry: UsageEntry): Promise<UsageOutcome>;
  /**
   * The same for many, of whichever customers and features, as if one came after the other: what one is refused does not
   * undo the others. Of many lists at once, exactly as many entries as fit succeed. Either all that succeed are counted,
   * or, when it rejects, none.
   *
   * @returns an outcome for each entry, in their order
   */
  countManyUses(entries: readonly UsageEntry[]): Promise<readonly UsageOutcome[]>;
  /** @returns `"overtaken"`: the customer is being deleted, and nothing was saved */
  saveUsageCap(write: UsageCapWrite): Promise<"saved" | "overtaken">;
  /** Deletes up to `limit` keys that were counted before the moment, the oldest first; returns how many. */
  pruneUsageKeys(bounds: { readonly before: IsoTime; readonly limit: number }): Promise<number>;
}

/** A report that was handed out. */
export interface TakenUsageReport {
  readonly report: UsageReport;
  /** How often it was tried to be told, this time included. */
  readonly attempts: number;
}

/** How telling a report ended. */
export type UsageReportEnd =
  | { readonly kind: "told"; readonly at: IsoTime }
  /** Due again at `retryAt`; `error` says why, without anything secret. */
  | { readonly kind: "failed"; readonly retryAt: IsoTime; readonly error: string };

/** What was counted and is billed, until whoever bills it has been told. */
export interface UsageReports {
  /**
   * Hands out reports that are due, each to one who asks. What was counted since the last time becomes a report first:
   * one for each customer, feature and period, and one for each time of use that was given, whose id, quantity and time
   * then stay for good. One whose end is not told
   * within `leaseSeconds` is handed out again.
   *
   * @param options.customerId only theirs. @default everybody's
   * @param options.early also what failed and is not due again: somebody waits for it. @default false
   */
  takeUsageReports(options: {
    readonly now: IsoTime;
    readonly limit: number;
    readonly leaseSeconds: number;
    readonly customerId?: string;
    readonly early?: boolean;
  }): Promise<readonly TakenUsageReport[]>;
  /** Records how telling it ended. What was told stays listed until it is pruned. */
  endUsageReport(taken: TakenUsageReport, end: UsageReportEnd): Promise<void>;
  /** Deletes up to `limit` reports that were told before the moment; returns how many. */
  pruneUsageReports(bounds: { readonly toldBefore: IsoTime; readonly limit: number }): Promise<number>;
}
