import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { type Catalog, definePlans, type SubscriptionSummary } from "@tollgate/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import "../styles.css";
import { BillingProvider } from "../kit/billing-provider.js";
import { accessFor, createTestFetch } from "../testing/index.js";
import { demoPlans, fivePlans, mixedPlans } from "./demo-plans.js";
import { PricingTable, type PricingTableProps } from "./pricing-table.js";

afterEach(cleanup);

const ada = accessFor(demoPlans, { customerId: "ada" });

function setUp(table: PricingTableProps = {}, access = ada, plans: Catalog = demoPlans) {
  const fetch = createTestFetch({ plans, access });
  const onNavigate = vi.fn((_url: string) => new Promise<void>(() => {}));
  const scene = (changes: PricingTableProps = {}) => (
    <BillingProvider plans={plans} initialAccess={access} fetch={fetch} onNavigate={onNavigate}>
      <PricingTable {...table} {...changes} />
    </BillingProvider>
  );
  const { rerender } = render(scene());
  const bought = () => fetch.requests.filter(({ route }) => route === "checkout").map(({ body }) => body);
  return { fetch, onNavigate, bought, show: (changes: PricingTableProps) => rerender(scene(changes)) };
}

const card = (name: string) => within(screen.getByRole("article", { name }));
const button = (plan: string) => card(plan).getByRole("button", { name: new RegExp(`${plan}$`) });
const seats = () => card("Team").getByRole("spinbutton") as HTMLInputElement;

describe("the seat field", () => {
  it.each([
    ["100", "too many"],
    ["2", "too few"],
    ["12.5", "a fraction"],
    ["", "nothing"],
    ["-5", "less than nothing"],
  ])("keeps %j, which is %s, says what is sold, and buys nothing in its place", async (typed) => {
    const { bought, fetch } = setUp();
    await userEvent.fill(seats(), typed);
    await userEvent.click(button("Team"));
    expect(seats().value).toBe(typed);
    expect(seats().getAttribute("aria-invalid")).toBe("true");
    const described = seats().getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(described)?.firstChild?.textContent).toBe(
      "Choose a whole number from 3 to 50",
    );
    expect(document.activeElement).toBe(seats());
    expect(fetch.requests).toEqual([]);

    await userEvent.fill(seats(), "12");
    expect(seats().getAttribute("aria-invalid")).toBeNull();
    await userEvent.click(button("Team"));
    await waitFor(() => expect(bought()).toEqual([expect.objectContaining({ quantity: 12 })]));
  });

  it("is brought back into the range by its buttons", async () => {
    setUp();
    await userEvent.fill(seats(), "100");
    await userEvent.click(card("Team").getByRole("button", { name: "One seat fewer" }));
    expect(seats().value).toBe("50");
    await userEvent.fill(seats(), "12.5");
    await userEvent.click(card("Team").getByRole("button", { name: "One seat more" }));
    expect(seats().value).toBe("13");
  });

  it("blocks what the other interval doesn't sell", async () => {
    const month = { perSeat: { usd: 1900 }, minimum: 3, maximum: 50 };
    const year = { perSeat: { usd: 19000 }, minimum: 10, maximum: 50 };
    const plans = definePlans({
      features: demoPlans.features,
      plans: { team: { ...demoPlans.plans.team, prices: { month, year } } },
    });
    const { fetch } = setUp({}, accessFor(plans), plans);
    await userEvent.fill(seats(), "4");
    await userEvent.click(screen.getByRole("radio", { name: /Yearly/ }));
    expect(seats().getAttribute("aria-invalid")).toBe("true");
    await userEvent.click(button("Team"));
    expect(fetch.requests).toEqual([]);
  });

  it("goes by the steps that a price is sold in, and buys nothing between two of them", async () => {
    const month = { perSeat: { usd: 1900 }, step: 3, maximum: 48 };
    const plans = definePlans({
      features: demoPlans.features,
      plans: { team: { ...demoPlans.plans.team, prices: { month } } },
    });
    const { fetch } = setUp({}, accessFor(plans), plans);
    expect(seats().value).toBe("3");
    await userEvent.click(card("Team").getByRole("button", { name: "One seat more" }));
    expect(seats().value).toBe("6");
    await userEvent.fill(seats(), "8");
    expect(card("Team").getByText("Choose 3, 6, 9 and so on up to 48")).toBeTruthy();
    await userEvent.click(button("Team"));
    expect(fetch.requests).toEqual([]);
    await userEvent.click(card("Team").getByRole("button", { name: "One seat fewer" }));
    expect(seats().value).toBe("6");
  });

  it("says what several cost of a base with seats in it, and of packages", async () => {
    const base = { base: { usd: 4900 }, perSeat: { usd: 900 }, included: 5, minimum: 5 };
    const packs = { perPackage: { usd: 1000 }, size: 10 };
    for (const [month, count, total] of [
      [base, "7", "$67 a month in total"],
      [packs, "11", "$20 a month in total"],
    ] as const) {
      const plans = definePlans({
        features: demoPlans.features,
        plans: { team: { ...demoPlans.plans.team, prices: { month } } },
      });
      setUp({}, accessFor(plans), plans);
      await screen.findByRole("article", { name: "Team" });
      await userEvent.fill(seats(), count);
      expect(card("Team").getByText(total)).toBeTruthy();
      cleanup();
    }
  });

  it("hands no number to onSelect that it doesn't show", async () => {
    const onSelect = vi.fn();
    setUp({ onSelect });
    await userEvent.fill(seats(), "100");
    await userEvent.click(button("Team"));
    expect(onSelect).not.toHaveBeenCalled();
  });
});

describe("the currency", () => {
  const select = () => screen.getByRole("combobox", { name: "Currency" }) as HTMLSelectElement;

  it("stays where the app holds it, and tells the app what was chosen", async () => {
    const onCurrencyChange = vi.fn();
    const { show } = setUp({ currency: "usd", onCurrencyChange });
    await userEvent.selectOptions(select(), "eur");
    expect(onCurrencyChange).toHaveBeenCalledExactlyOnceWith("eur");
    expect(card("Pro").getByText("$29")).toBeTruthy();
    show({ currency: "eur" });
    expect(select().value).toBe("eur");
    expect(card("Pro").getByText("€27")).toBeTruthy();
  });

  it("is not a control where it could have no effect, and neither is the interval", () => {
    setUp({ currency: "eur", interval: "year" });
    expect(screen.queryByRole("combobox")).toBeNull();
    expect(screen.queryByRole("radio")).toBeNull();
    expect(card("Pro").getByText("€270")).toBeTruthy();
  });

  it("shows what was chosen while its prices are on their way, and sells what is shown", async () => {
    const fetch = createTestFetch({ plans: demoPlans, access: ada });
    const onSelect = vi.fn();
    render(
      <BillingProvider initialAccess={ada} fetch={fetch}>
        <PricingTable defaultCurrency="usd" onSelect={onSelect} />
      </BillingProvider>,
    );
    await screen.findByRole("article", { name: "Pro" });
    fetch.set({ delay: { plans: "never" } });
    await userEvent.selectOptions(select(), "eur");
    expect(select().value).toBe("eur");
    expect(card("Pro").getByText("$29")).toBeTruthy();
    await userEvent.click(button("Pro"));
    expect(onSelect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ currency: "usd" }));
  });

  it("is the subscription's for anyone who has one, whatever the page asks for", () => {
    const euro = accessFor(demoPlans, { planId: "pro", subscription: { currency: "eur" } });
    setUp({ currency: "usd", onCurrencyChange: () => undefined }, euro);
    expect(card("Pro").getByText("€27")).toBeTruthy();
    expect(card("Team").getByText("€18")).toBeTruthy();
    expect(screen.queryByRole("combobox")).toBeNull();
  });
});

describe("a person's own plan", () => {
  const [held] = accessFor(demoPlans, { planId: "pro" }).subscriptions;
  const onOldPrice = (changes: Partial<SubscriptionSummary>) => {
    const access = accessFor(demoPlans, { planId: "pro" });
    const subscription = { ...(held as SubscriptionSummary), unitAmount: 1700, ...changes };
    return { ...access, subscription, subscriptions: [subscription] };
  };

  it.each(["cards", "matrix"] as const)("has the subscriber's own price, as %s", (layout) => {
    setUp({ layout }, onOldPrice({}));
    expect(screen.getByText("$17")).toBeTruthy();
    expect(screen.queryByText("$29")).toBeNull();
  });

  it("opens with the subscriber's own interval, whatever the page shows others first", () => {
    setUp({ defaultInterval: "year" }, onOldPrice({}));
    expect((screen.getByRole("radio", { name: "Monthly" }) as HTMLInputElement).checked).toBe(true);
    expect(button("Pro").textContent).toContain("Current plan");
  });

  it("claims no saving that the subscriber wouldn't have", () => {
    setUp({}, onOldPrice({ unitAmount: 2417 }));
    expect(screen.queryByText("2 months free")).toBeNull();
  });

  it("is not recommended, and the next one up is what stands out", () => {
    setUp({}, accessFor(fivePlans, { planId: "pro" }), fivePlans);
    expect(screen.queryByText("Recommended")).toBeNull();
    expect(button("Team").dataset.tollgateButton).toBe("secondary");
    expect(button("Archive").dataset.tollgateButton).toBe("primary");
  });
});

it("labels a plan that is sold monthly only, among yearly ones", async () => {
  setUp({ defaultInterval: "year" }, accessFor(mixedPlans), mixedPlans);
  expect(card("Starter").getByText("Billed monthly only")).toBeTruthy();
  expect(card("Pro").getByText("$24.17 a month, billed yearly")).toBeTruthy();
});
