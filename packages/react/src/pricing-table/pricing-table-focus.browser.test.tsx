import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { decideOutage } from "@tollgate/core";
import { afterEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import "../styles.css";
import { BillingProvider, type BillingProviderProps } from "../kit/billing-provider.js";
import { accessFor, createTestFetch } from "../testing/index.js";
import { demoPlans } from "./demo-plans.js";
import { PricingTable } from "./pricing-table.js";

afterEach(cleanup);

const ada = accessFor(demoPlans, { customerId: "ada" });

function setUp(props: Partial<BillingProviderProps> = {}) {
  const fetch = createTestFetch({ plans: demoPlans, access: ada });
  const scene = (changes: Partial<BillingProviderProps> = {}) => (
    <BillingProvider plans={demoPlans} initialAccess={ada} fetch={fetch} {...props} {...changes}>
      <PricingTable />
    </BillingProvider>
  );
  const { rerender } = render(scene());
  return { fetch, show: (changes: Partial<BillingProviderProps>) => rerender(scene(changes)) };
}

const team = () => within(screen.getByRole("article", { name: "Team" }));
const table = () => screen.getByRole("region", { name: "Plans and prices" });

describe("the focus", () => {
  it("stays on the button that reaches the end of the seats", async () => {
    setUp();
    const fewer = team().getByRole("button", { name: "One seat fewer" });
    const more = team().getByRole("button", { name: "One seat more" });
    await userEvent.click(more);
    fewer.focus();
    await userEvent.keyboard("{Enter}{Enter}");
    expect(fewer.getAttribute("aria-disabled")).toBe("true");
    expect(document.activeElement).toBe(fewer);
    expect((team().getByRole("spinbutton") as HTMLInputElement).value).toBe("3");
    await userEvent.fill(team().getByRole("spinbutton"), "49");
    more.focus();
    await userEvent.keyboard("{Enter}{Enter}");
    expect(more.getAttribute("aria-disabled")).toBe("true");
    expect(document.activeElement).toBe(more);
    expect((team().getByRole("spinbutton") as HTMLInputElement).value).toBe("50");
  });

  it('stays in the table when "Try again" worked and is gone', async () => {
    const degraded = decideOutage({
      catalog: demoPlans,
      policies: { default: "closed", features: {} },
      customer: { id: "ada", canManage: true },
      lastKnown: null,
      now: new Date("2026-11-21T12:00:00.000Z"),
    });
    const { fetch } = setUp({ initialAccess: degraded });
    fetch.set({ access: { ...ada, decidedAt: "2026-11-21T12:01:00.000Z" } });
    screen.getByRole("button", { name: "Try again" }).focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(document.activeElement).toBe(table());
    await userEvent.tab();
    expect(table().contains(document.activeElement)).toBe(true);
    expect(table().hasAttribute("tabindex")).toBe(false);
  });

  it('stays on "Try again" while it tries, and when it fails again', async () => {
    const fetch = createTestFetch({ plans: demoPlans, failing: { plans: "network" } });
    render(
      <BillingProvider initialAccess={ada} fetch={fetch}>
        <PricingTable />
      </BillingProvider>,
    );
    const retry = await screen.findByRole("button", { name: "Try again" });
    const seen: (string | null)[] = [];
    const observer = new MutationObserver(() => seen.push(retry.getAttribute("aria-busy")));
    observer.observe(retry, { attributes: true, attributeFilter: ["aria-busy"] });
    fetch.set({ delay: { plans: 40 } });
    retry.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(seen).toEqual(["true", null]));
    observer.disconnect();
    expect(document.activeElement).toBe(retry);
  });

  it("stays in the table when the control that had it is no longer offered", async () => {
    const { show } = setUp();
    screen.getByRole("combobox", { name: "Currency" }).focus();
    // They subscribed in another tab: nobody who is billed in one currency is asked for one.
    show({
      initialAccess: accessFor(demoPlans, { customerId: "ada", planId: "pro", now: new Date("2026-11-22") }),
    });
    await waitFor(() => expect(screen.queryByRole("combobox")).toBeNull());
    expect(document.activeElement).toBe(table());
  });

  it("is left alone when it is elsewhere", async () => {
    const { show } = setUp();
    const outside = document.body.appendChild(document.createElement("button"));
    screen.getByRole("combobox", { name: "Currency" }).focus();
    outside.focus();
    show({
      initialAccess: accessFor(demoPlans, { customerId: "ada", planId: "pro", now: new Date("2026-11-22") }),
    });
    await waitFor(() => expect(screen.queryByRole("combobox")).toBeNull());
    expect(document.activeElement).toBe(outside);
    outside.remove();
  });
});

it("announces a plan's seats only while somebody works on them", async () => {
  setUp();
  const live = (text: string) => team().getByText(text, { ignore: "[aria-hidden]" }).closest("p")?.ariaLive;
  expect(live("$57 a month in total")).toBe("off");
  await userEvent.click(screen.getByRole("radio", { name: /Yearly/ }));
  expect(live("$570 a year in total")).toBe("off");
  await userEvent.click(team().getByRole("button", { name: "One seat more" }));
  expect(live("$760 a year in total")).toBe("polite");
  await userEvent.click(screen.getByRole("radio", { name: "Monthly" }));
  expect(live("$76 a month in total")).toBe("off");
});
