import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { revenueParts } from "../history/recurring-revenue.js";
import type { EndingKind } from "../language/history.js";
import { metricsCsv } from "./metrics-csv.js";
import type { MetricsSpan } from "./metrics-report.js";
import { metricsSpans } from "./metrics-spans.js";
import { sumMovements } from "./sum-movements.js";
import { tallyMetrics } from "./tally-metrics.js";

const start = Date.UTC(2026, 0, 1);
const day = (date: number) => new Date(start + date * 86_400_000).toISOString();
const none = { facts: [], inbox: [] };

interface Step {
  readonly customerId: string;
  readonly currency: string;
  readonly at: number;
  /** What they pay from then on, in parts of a minor unit. */
  readonly mrr: number;
  readonly ending: EndingKind;
}

/** Steps as they would be kept: by time, each as a difference from the one before. */
function toEntries(steps: readonly Step[]) {
  const now = new Map<string, number>();
  return steps
    .toSorted((a, b) => a.at - b.at)
    .map(({ customerId, currency, at, mrr, ending }) => {
      const key = `${customerId} ${currency}`;
      const delta = mrr - (now.get(key) ?? 0);
      now.set(key, mrr);
      return { customerId, currency, occurredAt: day(at), delta, ending: mrr === 0 ? ending : null };
    });
}

const steps = fc.array(
  fc.record({
    customerId: fc.constantFrom("a", "b", "c", "d"),
    currency: fc.constantFrom("usd", "eur"),
    at: fc.nat(200),
    mrr: fc.oneof(fc.constant(0), fc.nat(60_000_000)),
    ending: fc.constantFrom<EndingKind>("voluntary", "involuntary"),
  }),
  { maxLength: 40 },
);

const addsUp = ({ mrr, customers }: MetricsSpan) => {
  expect(mrr.start + mrr.new + mrr.reactivation + mrr.expansion - mrr.contraction - mrr.churn).toBe(mrr.end);
  const { churned } = customers;
  expect(
    customers.start + customers.new + customers.reactivated - churned.voluntary - churned.involuntary,
  ).toBe(customers.end);
};

describe("the figures", () => {
  it("add up to what came in, for any history and range, also when ranges are cut in two", () => {
    fc.assert(
      fc.property(
        steps,
        fc.nat(100),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (all, a, b, c) => {
          const entries = toEntries(all);
          const report = (...bounds: string[]) =>
            tallyMetrics({ ...none, movements: sumMovements(entries, bounds) }, bounds).currencies;
          const paid = (currency: string, at: string) => {
            const own = entries.filter((one) => one.currency === currency && one.occurredAt < at);
            return Math.round(own.reduce((sum, { delta }) => sum + delta, 0) / revenueParts);
          };
          const [from, cut, to] = [day(a), day(a + b), day(a + b + c)];
          for (const { currency, total, spans } of report(from, cut, to)) {
            expect([total.mrr.start, total.mrr.end]).toEqual([paid(currency, from), paid(currency, to)]);
            for (const span of [total, ...spans]) addsUp(span);
            const [first, second] = spans;
            expect(first?.mrr.end).toBe(second?.mrr.start);
            expect(first?.mrr.end).toBe(paid(currency, cut));
            expect(first?.customers.end).toBe(second?.customers.start);
            expect((first?.customers.new ?? 0) + (second?.customers.new ?? 0)).toBe(total.customers.new);
            const alone = report(cut, to).find((one) => one.currency === currency);
            expect(alone?.total.mrr).toEqual(second?.mrr);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("show 10 active on the very day on which 1 of 11 has left", () => {
    const paying = (customerId: string, at: number, mrr: number): Step => {
      return { customerId, currency: "usd", at, mrr, ending: "voluntary" };
    };
    const all = Array.from({ length: 11 }, (_, index) => paying(`org_${index}`, -9, 100 * revenueParts));
    const entries = toEntries([...all, paying("org_3", 3, 0)]);
    const bounds = metricsSpans(day(0), day(6), "day");
    const [usd] = tallyMetrics({ ...none, movements: sumMovements(entries, bounds) }, bounds).currencies;
    const days = usd?.spans.map(({ customers: { end, churned } }) => [churned.voluntary, end]);
    expect(days).toEqual([
      [0, 11],
      [0, 11],
      [0, 11],
      [1, 10],
      [0, 10],
      [0, 10],
    ]);
  });

  it("are per currency, so that a rate that moves is no expansion", () => {
    const step = (currency: string, at: number, mrr: number): Step => {
      return { customerId: "org_1", currency, at, mrr: mrr * revenueParts, ending: "voluntary" };
    };
    const entries = toEntries([step("usd", 1, 100), step("eur", 1, 90)]);
    const bounds = [day(2), day(30)];
    const { currencies } = tallyMetrics({ ...none, movements: sumMovements(entries, bounds) }, bounds);
    expect(
      currencies.map(({ currency, total: { mrr } }) => [currency, mrr.start, mrr.expansion, mrr.end]),
    ).toEqual([
      ["eur", 90, 0, 90],
      ["usd", 100, 0, 100],
    ]);
  });

  it("say who stayed of those who began together, what each brings in, and how many left for which reason", () => {
    const step = (customerId: string, at: number, mrr: number, ending: EndingKind = "voluntary"): Step => {
      return { customerId, currency: "usd", at, mrr: mrr * revenueParts, ending };
    };
    const all = [step("a", 2, 100), step("b", 3, 50), step("b", 40, 0, "involuntary"), step("c", 40, 10)];
    const bounds = metricsSpans(day(0), day(90), "month");
    const movements = sumMovements(toEntries([...all, step("b", 70, 80), step("a", 45, 0)]), bounds);
    const [usd] = tallyMetrics({ ...none, movements }, bounds).currencies;
    expect(usd?.cohorts).toEqual([
      { from: day(0), customers: [2, 0, 1], mrr: [150, 0, 80] },
      { from: day(31), customers: [1, 1], mrr: [10, 10] },
    ]);
    expect(usd?.spans.map(({ arpu }) => arpu)).toEqual([75, 10, 45]);
    expect(usd?.spans[1]).toMatchObject({
      customers: { churned: { voluntary: 1, involuntary: 1 } },
      churnRate: 1,
      revenueChurnRate: 1,
    });
    expect(usd?.spans[0]).toMatchObject({ churnRate: null, revenueChurnRate: null });
  });

  it("say which part of the trials and payments went through, and what became of events", () => {
    const fact = (
      kind: "subscription" | "payment" | "refund" | "dispute",
      status: string,
      count: number,
      amount = 0,
    ) => {
      return { currency: "usd", span: 1, kind, status, count, amount };
    };
    const facts = [
      ...[
        fact("subscription", "began", 9),
        fact("subscription", "converted", 3),
        fact("subscription", "lost", 1),
      ],
      ...[fact("payment", "succeeded", 8, 800), fact("payment", "failed", 2, 200)],
      ...[
        fact("refund", "succeeded", 1, 30),
        fact("refund", "failed", 1, 30),
        fact("dispute", "opened", 1, 100),
      ],
    ];
    const inbox = [
      { span: 1, state: "applied", count: 6, withinMinute: 5 },
      { span: 1, state: "unmatched", count: 2, withinMinute: 0 },
    ];
    const { currencies, webhooks } = tallyMetrics({ movements: [], facts, inbox }, [day(0), day(31)]);
    expect(currencies[0]?.total.trials).toEqual({ began: 9, converted: 3, lost: 1, conversion: 0.75 });
    expect(currencies[0]?.total.payments).toEqual({
      ...{ succeeded: 8, failed: 2, successRate: 0.8, collected: 800, refunded: 30, disputes: 1 },
    });
    expect(webhooks).toEqual({ received: 8, applied: 6, stale: 0, ignored: 0, open: 2, withinMinute: 0.625 });
  });

  it("are written as CSV with a row for each currency and span", () => {
    const bounds = metricsSpans(day(0), day(59), "month");
    const entries = [
      { customerId: "a", currency: "usd", occurredAt: day(1), delta: 100 * revenueParts, ending: null },
    ];
    const csv = metricsCsv(tallyMetrics({ ...none, movements: sumMovements(entries, bounds) }, bounds));
    const [head, first, second, ...rest] = csv.split("\r\n");
    expect(head?.split(",").slice(0, 5)).toEqual(["currency", "from", "to", "mrr_start", "mrr_new"]);
    expect(first).toBe(`usd,${day(0)},${day(31)},0,100,0,0,0,0,100,0,1,0,0,0,1,100,,,0,0,0,0,0,0,0,0`);
    expect(second?.startsWith(`usd,${day(31)},${day(59)},100,0`)).toBe(true);
    expect(rest).toEqual([""]);
  });
});

describe("metricsSpans", () => {
  it("are months from a day on, days or weeks, and the last one ends where it is asked to", () => {
    const days = (...all: readonly string[]) => all.map((one) => `${one}T00:00:00.000Z`);
    const [from, to] = ["2026-01-31T00:00:00.000Z", "2026-03-10T00:00:00.000Z"];
    expect(metricsSpans(from, to, "month")).toEqual(days("2026-01-31", "2026-02-28", "2026-03-10"));
    expect(metricsSpans(from, "2026-02-10T00:00:00.000Z", "week")).toEqual(
      days("2026-01-31", "2026-02-07", "2026-02-10"),
    );
    expect(() => metricsSpans(to, from, "day")).toThrow(RangeError);
    expect(() => metricsSpans(from, from, "day")).toThrow(RangeError);
    expect(() => metricsSpans(from, "2030-01-01T00:00:00.000Z", "day")).toThrow(RangeError);
  });
});
