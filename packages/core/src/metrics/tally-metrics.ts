import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";
import type { FactSum, HistorySums, InboxSum, MovementSum } from "../ports/store/history.js";
import type {
  Cohort,
  CurrencyMetrics,
  MetricsReport,
  MetricsSpan,
  PaymentFigures,
  TrialFigures,
  WebhookFigures,
} from "./metrics-report.js";
import { customerFigures, revenueFigures, type Standing, standingAfter, toMinor } from "./revenue-figures.js";

/**
 * The figures of each currency and span.
 *
 * @param bounds where each span begins, and where the last one ends
 * @example
 * function report(sums: HistorySums): MetricsReport {
 *   return tallyMetrics(sums, ["2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"]);
 * }
 */
export function tallyMetrics(sums: HistorySums, bounds: readonly IsoTime[]): MetricsReport {
  const all = [...sums.movements, ...sums.facts].map(({ currency }) => currency);
  const currencies = [...new Set(all)].sort();
  return {
    from: bounds[0] ?? "",
    to: bounds.at(-1) ?? "",
    currencies: currencies.map((currency) => tallyCurrency(currency, sums, bounds)),
    webhooks: webhookFigures(sums.inbox),
  };
}

function tallyCurrency(currency: Currency, sums: HistorySums, bounds: readonly IsoTime[]): CurrencyMetrics {
  const movements = sums.movements.filter((one) => one.currency === currency);
  const facts = sums.facts.filter((one) => one.currency === currency);
  const before = standingAfter({ mrr: 0, customers: 0 }, inSpan(movements, 0));
  let start = before;
  const spans = bounds.slice(0, -1).map((from, index) => {
    const own = inSpan(movements, index + 1);
    const span = toSpan({ from, to: bounds[index + 1] ?? "", start, own, facts: inSpan(facts, index + 1) });
    start = standingAfter(start, own);
    return span;
  });
  const own = movements.filter(({ span }) => span > 0);
  const total = toSpan({ from: bounds[0] ?? "", to: bounds.at(-1) ?? "", start: before, own, facts });
  return { currency, total, spans, cohorts: cohortsOf(movements, bounds) };
}

function toSpan(input: {
  readonly from: IsoTime;
  readonly to: IsoTime;
  readonly start: Standing;
  readonly own: readonly MovementSum[];
  readonly facts: readonly FactSum[];
}): MetricsSpan {
  const { from, to, start, own, facts } = input;
  const [mrr, customers] = [revenueFigures(start.mrr, own), customerFigures(start.customers, own)];
  const end = standingAfter(start, own);
  const { voluntary, involuntary } = customers.churned;
  return {
    ...{ from, to, mrr, customers },
    arpu: end.customers === 0 ? null : toMinor(end.mrr / end.customers),
    churnRate: partOf(voluntary + involuntary, start.customers),
    revenueChurnRate: partOf(mrr.churn + mrr.contraction, mrr.start),
    trials: trialFigures(facts),
    payments: paymentFigures(facts),
  };
}

function trialFigures(facts: readonly FactSum[]): TrialFigures {
  const count = (status: string) => factOf(facts, "subscription", status).count;
  const [began, converted, lost] = [count("began"), count("converted"), count("lost")];
  return { began, converted, lost, conversion: partOf(converted, converted + lost) };
}

function paymentFigures(facts: readonly FactSum[]): PaymentFigures {
  const [paid, failed] = [factOf(facts, "payment", "succeeded"), factOf(facts, "payment", "failed")];
  return {
    succeeded: paid.count,
    failed: failed.count,
    successRate: partOf(paid.count, paid.count + failed.count),
    collected: paid.amount,
    refunded: factOf(facts, "refund", "succeeded").amount,
    disputes: factOf(facts, "dispute", "opened").count,
  };
}

function factOf(facts: readonly FactSum[], kind: FactSum["kind"], status: string) {
  const own = facts.filter((one) => one.kind === kind && one.status === status);
  return {
    count: own.reduce((sum, { count }) => sum + count, 0),
    amount: own.reduce((sum, { amount }) => sum + amount, 0),
  };
}

function cohortsOf(movements: readonly MovementSum[], bounds: readonly IsoTime[]): readonly Cohort[] {
  return bounds.slice(0, -1).flatMap((from, index) => {
    const own = movements.filter(({ cohort }) => cohort === index + 1);
    if (own.length === 0) return [];
    let standing: Standing = { mrr: 0, customers: 0 };
    const ends = bounds.slice(index, -1).map((_, later) => {
      standing = standingAfter(standing, inSpan(own, index + 1 + later));
      return standing;
    });
    return [
      { from, customers: ends.map(({ customers }) => customers), mrr: ends.map(({ mrr }) => toMinor(mrr)) },
    ];
  });
}

function webhookFigures(inbox: readonly InboxSum[]): WebhookFigures {
  const count = (...states: string[]) =>
    inbox.reduce((sum, one) => sum + (states.length === 0 || states.includes(one.state) ? one.count : 0), 0);
  const [received, applied, stale, ignored] = [count(), count("applied"), count("stale"), count("ignored")];
  const quick = inbox.reduce((sum, { withinMinute }) => sum + withinMinute, 0);
  const open = received - applied - stale - ignored;
  return { received, applied, stale, ignored, open, withinMinute: partOf(quick, received) };
}

function inSpan<T extends { readonly span: number }>(all: readonly T[], span: number): readonly T[] {
  return all.filter((one) => one.span === span);
}

function partOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
