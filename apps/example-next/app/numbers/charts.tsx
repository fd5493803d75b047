import type { CurrencyMetrics, MetricsSpan } from "@tollgate/core";
import { sayMoney } from "../account/say";
import { LineChart } from "./charts/line-chart";
import { StackedBars } from "./charts/stacked-bars";

const months = new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" });
const percents = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

const sayPercent = (value: number) => percents.format(value);
const sayCount = (value: number) => value.toLocaleString("en-US");

/** Six questions, in the order in which they are asked. The last month is the one that runs. */
export function Charts({ currency, spans, total }: CurrencyMetrics) {
  const labels = spans.map(({ from }) => months.format(new Date(from)));
  const of = (figure: (span: MetricsSpan) => number | null) => spans.map(figure);
  const say = (amount: number) => sayMoney({ amount: Math.round(amount), currency });
  const orNone = (value: number | null, words: (value: number) => string) =>
    value === null ? "None yet" : words(value);
  const { voluntary, involuntary } = total.customers.churned;
  return (
    <div className="charts">
      <LineChart
        title="Monthly recurring revenue"
        headline={say(total.mrr.end)}
        {...{ labels, say }}
        series={[{ name: "At the month's end", tone: "one", values: of(({ mrr }) => mrr.end) }]}
      />
      <StackedBars
        title="What changed it"
        headline={`${total.mrr.end < total.mrr.start ? "" : "+"}${say(total.mrr.end - total.mrr.start)}`}
        {...{ labels, say }}
        series={[
          { name: "New", tone: "one", values: of(({ mrr }) => mrr.new) },
          { name: "Came back", tone: "three", values: of(({ mrr }) => mrr.reactivation) },
          { name: "Grew", tone: "two", values: of(({ mrr }) => mrr.expansion) },
          { name: "Shrank", tone: "four", values: of(({ mrr }) => 0 - mrr.contraction) },
          { name: "Left", tone: "five", values: of(({ mrr }) => 0 - mrr.churn) },
        ]}
      />
      <StackedBars
        title="Customers who left"
        headline={sayCount(voluntary + involuntary)}
        labels={labels}
        say={sayCount}
        series={[
          { name: "By choice", tone: "four", values: of(({ customers }) => customers.churned.voluntary) },
          {
            name: "Payment failed",
            tone: "five",
            values: of(({ customers }) => customers.churned.involuntary),
          },
        ]}
      />
      <LineChart
        title="Revenue per customer"
        headline={orNone(total.arpu, say)}
        {...{ labels, say }}
        series={[{ name: "A month", tone: "one", values: of(({ arpu }) => arpu) }]}
      />
      <LineChart
        title="Trials that became customers"
        headline={orNone(total.trials.conversion, sayPercent)}
        labels={labels}
        say={sayPercent}
        most={1}
        series={[{ name: "Of those that ended", tone: "two", values: of(({ trials }) => trials.conversion) }]}
      />
      <LineChart
        title="Payments that went through"
        headline={orNone(total.payments.successRate, sayPercent)}
        labels={labels}
        say={sayPercent}
        most={1}
        series={[
          { name: "Of all attempts", tone: "two", values: of(({ payments }) => payments.successRate) },
        ]}
      />
    </div>
  );
}
