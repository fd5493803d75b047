import { requireStaff } from "../../billing/current-person";
import { billing } from "../../billing/server";
import { Charts } from "./charts";
import { lengths, monthsAgo, readWish } from "./read-wish";
import "./charts/charts.css";

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** How the business goes, by the history that billing keeps. Drawn on the server. */
export default async function NumbersPage({ searchParams }: Props) {
  await requireStaff();
  const { months, currency } = readWish(await searchParams);
  const { currencies, webhooks } = await billing.metrics({ from: monthsAgo(months - 1), currency });
  const [found] = currencies;
  const query = new URLSearchParams({ months: String(months), currency });
  return (
    <>
      <h1>Numbers</h1>
      {found === undefined && <p>Revenue, churn, trials and payments will be here once somebody has paid.</p>}
      {found !== undefined && (
        <>
          <div className="row">
            <form method="get" className="row">
              <label>
                Months{" "}
                <select name="months" defaultValue={months}>
                  {lengths.map((length) => (
                    <option key={length}>{length}</option>
                  ))}
                </select>
              </label>
              <label>
                Currency{" "}
                <select name="currency" defaultValue={currency}>
                  <option value="usd">USD</option>
                  <option value="eur">EUR</option>
                </select>
              </label>
              <button type="submit" className="quiet-button">
                Show
              </button>
            </form>
            <a href={`/api/numbers?${query}`} download>
              Download as CSV
            </a>
          </div>
          <Charts {...found} />
          <p>
            {webhooks.received.toLocaleString("en-US")} events of the provider arrived; {webhooks.open} are
            open.
          </p>
        </>
      )}
    </>
  );
}
