import "../styles.css";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createRef, type ReactElement } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useAccess } from "../access/use-access.js";
import { BillingProvider } from "../kit/billing-provider.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { createTestFetch, type TestFetchOptions } from "../testing/create-test-fetch.js";
import { BuyButton } from "./buy-button.js";

afterEach(cleanup);

const customer = accessFor(storyPlans);

function setUp(button: ReactElement, access = customer, server: Partial<TestFetchOptions> = {}) {
  const fetch = createTestFetch({ plans: storyPlans, access, ...server });
  const onNavigate = vi.fn((_url: string) => new Promise<void>(() => {}));
  render(
    <BillingProvider plans={storyPlans} fetch={fetch} onNavigate={onNavigate} initialAccess={access}>
      {button}
    </BillingProvider>,
  );
  return { fetch, onNavigate };
}

const bodies = ({ requests }: ReturnType<typeof createTestFetch>) => requests.map(({ body }) => body);

function Refresh() {
  const { refresh } = useAccess();
  return (
    <button type="button" onClick={refresh}>
      refresh
    </button>
  );
}

describe("BuyButton", () => {
  it("buys once for a double click, what it says and in the currency that it says", async () => {
    const button = <BuyButton productId="credits" quantity={3} returnUrl="/thanks" cancelUrl="/shop" />;
    const { fetch, onNavigate } = setUp(button, customer, { delay: { checkout: 20 } });
    await userEvent.dblClick(screen.getByRole("button", { name: "Buy 3 × credits for $30" }));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledOnce());
    expect(bodies(fetch)).toEqual([
      { productId: "credits", quantity: 3, currency: "usd", returnUrl: "/thanks", cancelUrl: "/shop" },
    ]);
  });

  it("shows and buys in the subscription's currency, where there is one", async () => {
    const billedInEuros = accessFor(storyPlans, { planId: "pro", subscription: { currency: "eur" } });
    const { fetch } = setUp(<BuyButton productId="credits" />, billedInEuros);
    await userEvent.click(screen.getByRole("button", { name: "Buy credits for €9" }));
    expect(bodies(fetch)).toMatchObject([{ currency: "eur", quantity: 1 }]);
  });

  it("does not sell what is bought once to anybody who owns it, and sends no request", async () => {
    const { fetch } = setUp(
      <BuyButton productId="handbook" once />,
      accessFor(storyPlans, { owned: { handbook: 1 } }),
    );
    await userEvent.click(screen.getByRole("button", { name: "You own the handbook" }));
    expect(fetch.requests).toEqual([]);
    expect(document.querySelector("[data-tollgate]")?.getAttribute("data-state")).toBe("owned");
  });

  it("takes the catalog's word that it is sold once, and the server's that it was bought in another tab", async () => {
    setUp(<BuyButton productId="handbook" />, accessFor(storyPlans, { owned: { handbook: 1 } }));
    expect(screen.getByRole("button", { name: "You own the handbook" })).toBeTruthy();
    cleanup();
    const { fetch } = setUp(<BuyButton productId="handbook" />);
    fetch.set({ access: accessFor(storyPlans, { owned: { handbook: 1 } }) });
    await userEvent.click(screen.getByRole("button"));
    expect(await screen.findByRole("button", { name: "You own the handbook" })).toBeTruthy();
    expect(fetch.requests.map(({ path }) => path)).toEqual(["/checkout"]);
  });

  it("knows that it was bought as soon as access does", async () => {
    const both = (
      <>
        <BuyButton productId="handbook" once />
        <Refresh />
      </>
    );
    const { fetch } = setUp(both);
    fetch.set({ access: accessFor(storyPlans, { owned: { handbook: 1 } }) });
    await userEvent.click(screen.getByRole("button", { name: "refresh" }));
    expect(await screen.findByRole("button", { name: "You own the handbook" })).toBeTruthy();
  });

  it("offers nobody what they may just have paid for", async () => {
    window.history.replaceState(null, "", "/shop?checkout=cs_1");
    const owner = accessFor(storyPlans, { owned: { handbook: 1 } });
    const paid = { id: "cs_1", status: "complete", payment: "paid", access: owner } as const;
    const { fetch } = setUp(<BuyButton productId="handbook" once />, customer, {
      checkouts: { cs_1: paid },
      delay: { checkoutStatus: 20 },
    });
    await userEvent.click(screen.getByRole("button"));
    expect(await screen.findByRole("button", { name: "You own the handbook" })).toBeTruthy();
    expect(fetch.requests.map(({ path }) => path)).toEqual(["/checkout/cs_1"]);
    window.history.replaceState(null, "", "/");
  });

  it.each([
    ["a member", accessFor(storyPlans, { canManage: false }), "usd", /Only someone who manages billing/],
    ["whose currency it has no price in", customer, "eur", /can't be bought in your currency/],
  ] as const)("says why it is off to %s, to the keyboard too", async (_who, access, currency, reason) => {
    const { fetch } = setUp(<BuyButton productId="handbook" currency={currency} />, access);
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole("button"));
    expect(screen.getByText(reason)).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    expect(fetch.requests).toEqual([]);
  });

  it("says that it failed, and works when it is pressed again", async () => {
    const { fetch, onNavigate } = setUp(<BuyButton productId="handbook" />, customer, {
      failing: { checkout: "network" },
    });
    await userEvent.click(screen.getByRole("button"));
    await screen.findByText(/couldn't be opened/);
    fetch.set({ failing: {} });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledOnce());
  });

  it("forwards its ref and props to the button, and lets onClick stop it", async () => {
    const ref = createRef<HTMLButtonElement>();
    const stop = vi.fn((event: { preventDefault(): void }) => event.preventDefault());
    const { fetch } = setUp(
      <BuyButton productId="credits" ref={ref} className="mine" onClick={stop}>
        Top up
      </BuyButton>,
    );
    expect(ref.current).toBe(screen.getByRole("button", { name: "Top up" }));
    expect(ref.current?.className).toBe("mine");
    await userEvent.click(screen.getByRole("button"));
    expect(stop).toHaveBeenCalledOnce();
    expect(fetch.requests).toEqual([]);
  });
});
