import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";

/**
 * What came in each month, in minor units, and what changed it: `start + new + reactivation + expansion - contraction -
 * churn` is `end`.
 */
export interface RevenueFigures {
  readonly start: number;
  readonly new: number;
  /** From customers who had paid before, and stopped. */
  readonly reactivation: number;
  readonly expansion: number;
  readonly contraction: number;
  readonly churn: number;
  readonly end: number;
}

/** Customers who pay: `start + new + reactivated - voluntary - involuntary` is `end`. */
export interface CustomerFigures {
  readonly start: number;
  readonly new: number;
  readonly reactivated: number;
  readonly churned: {
    readonly voluntary: number;
    /** A payment failed, and nobody had cancelled. */
    readonly involuntary: number;
  };
  readonly end: number;
}

/** Free trials. */
export interface TrialFigures {
  readonly began: number;
  /** Those that ended within the span, and went on. */
  readonly converted: number;
  /** Those that ended within the span, and did not. */
  readonly lost: number;
  /** Which part of those that ended went on, from 0 to 1; `null`: none ended. */
  readonly conversion: number | null;
}

/** What was collected, amounts in minor units. */
export interface PaymentFigures {
  readonly succeeded: number;
  readonly failed: number;
  /** Which part of the attempts went through, from 0 to 1; `null`: nothing was tried. */
  readonly successRate: number | null;
  readonly collected: number;
  readonly refunded: number;
  /** How many disputes were opened. */
  readonly disputes: number;
}

/** The figures of one span of time in one currency. */
export interface MetricsSpan {
  readonly from: IsoTime;
  /** Up to, but not including. */
  readonly to: IsoTime;
  readonly mrr: RevenueFigures;
  readonly customers: CustomerFigures;
  /** What a customer brings in each month at the end, in minor units; `null`: nobody pays. */
  readonly arpu: number | null;
  /** Which part of the customers at the start left within the span; `null`: there were none. */
  readonly churnRate: number | null;
  /** Which part of the revenue at the start was lost by churn and contraction; `null`: there was none. */
  readonly revenueChurnRate: number | null;
  readonly trials: TrialFigures;
  readonly payments: PaymentFigures;
}

/** Those who first paid in one span, and what became of them: one number for the end of each span from then on. */
export interface Cohort {
  readonly from: IsoTime;
  readonly customers: readonly number[];
  /** In minor units. */
  readonly mrr: readonly number[];
}

/** The figures of one currency. */
export interface CurrencyMetrics {
  readonly currency: Currency;
  readonly total: MetricsSpan;
  readonly spans: readonly MetricsSpan[];
  readonly cohorts: readonly Cohort[];
}

/** What became of the provider's events that arrived, as far as they are still listed. */
export interface WebhookFigures {
  readonly received: number;
  readonly applied: number;
  readonly stale: number;
  readonly ignored: number;
  /** Neither of these yet: failed, or their customer is not known. */
  readonly open: number;
  /** Which part was settled within a minute after it occurred, from 0 to 1; `null`: none arrived. */
  readonly withinMinute: number | null;
}

/** What `billing.metrics` answers. */
export interface MetricsReport {
  readonly from: IsoTime;
  readonly to: IsoTime;
  /** One for each currency in which anything was paid or tried, in the order of their codes. Nothing is converted. */
  readonly currencies: readonly CurrencyMetrics[];
  readonly webhooks: WebhookFigures;
}
