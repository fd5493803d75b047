import type { MetricsReport, MetricsSpan } from "./metrics-report.js";

/** One column for each figure. */
const columns = {
  from: ({ from }) => from,
  to: ({ to }) => to,
  mrr_start: ({ mrr }) => mrr.start,
  mrr_new: ({ mrr }) => mrr.new,
  mrr_reactivation: ({ mrr }) => mrr.reactivation,
  mrr_expansion: ({ mrr }) => mrr.expansion,
  mrr_contraction: ({ mrr }) => mrr.contraction,
  mrr_churn: ({ mrr }) => mrr.churn,
  mrr_end: ({ mrr }) => mrr.end,
  customers_start: ({ customers }) => customers.start,
  customers_new: ({ customers }) => customers.new,
  customers_reactivated: ({ customers }) => customers.reactivated,
  customers_churned_voluntary: ({ customers }) => customers.churned.voluntary,
  customers_churned_involuntary: ({ customers }) => customers.churned.involuntary,
  customers_end: ({ customers }) => customers.end,
  arpu: ({ arpu }) => arpu,
  churn_rate: ({ churnRate }) => churnRate,
  revenue_churn_rate: ({ revenueChurnRate }) => revenueChurnRate,
  trials_began: ({ trials }) => trials.began,
  trials_converted: ({ trials }) => trials.converted,
  trials_lost: ({ trials }) => trials.lost,
  payments_succeeded: ({ payments }) => payments.succeeded,
  payments_failed: ({ payments }) => payments.failed,
  collected: ({ payments }) => payments.collected,
  refunded: ({ payments }) => payments.refunded,
  disputes: ({ payments }) => payments.disputes,
} as const satisfies Record<string, (span: MetricsSpan) => string | number | null>;

/**
 * A report as CSV for a spreadsheet (RFC 4180): a row for each currency and span, amounts in minor units, rates from 0 to
 * 1, and nothing where there is no figure. There are only numbers, times and currency codes in it, so nothing is quoted.
 *
 * @example
 * function download(report: MetricsReport): Response {
 *   return new Response(metricsCsv(report), { headers: { "content-type": "text/csv" } });
 * }
 */
export function metricsCsv({ currencies }: MetricsReport): string {
  const rows = currencies.flatMap(({ currency, spans }) =>
    spans.map((span) => [currency, ...Object.values(columns).map((figure) => figure(span) ?? "")]),
  );
  return [["currency", ...Object.keys(columns)], ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}
