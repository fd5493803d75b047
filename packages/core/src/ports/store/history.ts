import type { EndingKind, HistoryEntry, StoredHistoryEntry } from "../../language/history.js";
import type { Currency } from "../../language/money.js";
import type { IsoTime } from "../../language/time.js";

/** One page of somebody's history, the latest entry first. */
export interface HistoryPage {
  readonly entries: readonly StoredHistoryEntry[];
  /** To pass as the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** What somebody had at a moment. */
export interface HistoryMoment {
  /** The latest entry by then of each subscription that was theirs then. */
  readonly entries: readonly StoredHistoryEntry[];
  /**
   * Since when all of it is known: what was there before the history began, or was pruned, is known from then on only;
   * `null`: there is no such thing.
   */
  readonly knownSince: IsoTime | null;
}

/** How a customer's revenue changed: of all that they have in one currency together. */
export type MovementKind = "new" | "expansion" | "contraction" | "churn" | "reactivation";

/** Changes of one kind, added up. Spans are numbered from 1; 0 is all before the first. */
export interface MovementSum {
  readonly currency: Currency;
  /** In which span it happened. */
  readonly span: number;
  /** In which span these customers first paid. */
  readonly cohort: number;
  readonly kind: MovementKind;
  /** Why it ended; `null` for everything but churn. */
  readonly ending: EndingKind | null;
  /** In parts of a minor unit: see `revenueParts`. */
  readonly delta: number;
  /** How many changes: for new ones, churn and reactivation, so many customers. */
  readonly count: number;
}

/** Other entries of one kind, added up. */
export interface FactSum {
  readonly currency: Currency;
  readonly span: number;
  readonly kind: HistoryEntry["kind"];
  /** A fact's status, or what became of a trial. */
  readonly status: string;
  readonly count: number;
  /** In minor units. */
  readonly amount: number;
}

/** The inbox within one span. */
export interface InboxSum {
  readonly span: number;
  readonly state: string;
  readonly count: number;
  /** Those that were settled within a minute after they occurred. */
  readonly withinMinute: number;
}

/** What figures are made of. */
export interface HistorySums {
  readonly movements: readonly MovementSum[];
  readonly facts: readonly FactSum[];
  readonly inbox: readonly InboxSum[];
}

/** Which figures. */
export interface SumsWish {
  /** Where each span begins, and where the last one ends: at least two, in order. */
  readonly bounds: readonly IsoTime[];
  /** `null`: each. */
  readonly currency: Currency | null;
}

/** Every change, as it was applied. */
export interface HistoryReads {
  /** Of a customer, with what was given to them by another, and what they had and gave. */
  listHistory(page: {
    readonly customerId: string;
    /** @throws BillingError `invalid_query` when it is not a page's `next` */
    readonly after: string | null;
    readonly limit: number;
  }): Promise<HistoryPage>;
  readHistoryAt(moment: { readonly customerId: string; readonly at: IsoTime }): Promise<HistoryMoment>;
  /**
   * By the provider's time. Movements of all time before the end; the rest within the spans. What was pruned stays in
   * them, as if it had occurred when its day began, in UTC.
   */
  readHistorySums(wish: SumsWish): Promise<HistorySums>;
  /**
   * Adds what came since the last time to totals of days, from which sums are read sooner; they are the same without.
   * Returns about how many entries; 0 where there are none, or none that can be added yet.
   */
  countHistory(): Promise<number>;
  /**
   * Deletes up to `limit` entries that were applied before the moment and that something later replaced, once they are
   * counted; what is left of a subscription counts as its beginning, and sums stay. Returns how many.
   */
  pruneHistory(bounds: { readonly before: IsoTime; readonly limit: number }): Promise<number>;
}
