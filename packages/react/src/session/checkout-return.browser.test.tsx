import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import type { AccessState } from "@tollgate/core";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useCheckoutReturn } from "../checkout/use-checkout-return.js";
import {
  BillingPortalButton,
  BillingProvider,
  type BillingProviderProps,
  BuyButton,
  PricingTable,
  UpgradeGate,
} from "../index.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { createTestFetch, type TestFetchOptions } from "../testing/create-test-fetch.js";

const before = accessFor(storyPlans, { customerId: "ada" });
const after = accessFor(storyPlans, { customerId: "ada", planId: "pro", owned: { handbook: 1 } });
const paid = { cs_1: { access: after } };

/** What the quick start shows, and nothing that reads the return. */
function Page(props: BillingProviderProps) {
  return (
    <StrictMode>
      <BillingProvider plans={storyPlans} {...props}>
        <PricingTable />
        <UpgradeGate feature="export">Exported.</UpgradeGate>
        <UpgradeGate feature="projects">Counted.</UpgradeGate>
        <BillingPortalButton />
        <BuyButton productId="handbook" once />
      </BillingProvider>
    </StrictMode>
  );
}

/** Every text that tells somebody who has paid that they have not. */
const unpaid = /not in your plan|upgrade to|choose pro|start trial|nothing to manage|upgrade$/i;
const visible = () => {
  const blank = document.querySelectorAll<HTMLElement>("[data-tollgate-skeleton], [aria-hidden=true]");
  let text = document.body.textContent;
  for (const { textContent } of blank) text = text.replace(textContent, "");
  return text;
};
const gate = (content = 0) => document.querySelectorAll<HTMLElement>("[data-tollgate=upgrade-gate]")[content];
const stateOf = (index: number) => gate(index)?.dataset.state;

const stateOfButton = () => document.querySelector<HTMLElement>("[data-tollgate=buy-button]")?.dataset.state;

/** Every state that the gate to what was paid for has had. */
function watchGate(): string[] {
  const seen: string[] = [];
  const look = () => {
    const state = stateOf(0);
    if (state !== undefined && state !== seen.at(-1)) seen.push(state);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  stop = () => observer.disconnect();
  return seen;
}
let stop = (): void => undefined;

const server = (options: Partial<TestFetchOptions> = {}) =>
  createTestFetch({ plans: storyPlans, access: before, checkouts: paid, ...options });

beforeEach(() => window.history.replaceState({ router: "state" }, "", "/account?tab=plan&checkout=cs_1#top"));
afterEach(() => {
  stop();
  cleanup();
  window.history.replaceState(null, "", "/");
});

describe("a page that never reads the return", () => {
  it("opens what was paid for, without a moment at which it is called closed", async () => {
    const seen = watchGate();
    const fetch = server();
    render(<Page fetch={fetch} />);
    await waitFor(() => expect(stateOf(0)).toBe("allowed"));
    expect(seen).toEqual(["loading", "allowed"]);
    expect(fetch.requests.map(({ path }) => path)).toEqual(["/checkout/cs_1"]);
    expect(window.location.href).toMatch(/\/account\?tab=plan#top$/);
    expect(window.history.state).toEqual({ router: "state" });
    await screen.findByRole("button", { name: /Current plan/ });
  });

  it("calls nothing closed on the strength of what the server decided before", async () => {
    const seen = watchGate();
    const fetch = server({ delay: { checkoutStatus: 30 } });
    render(<Page fetch={fetch} initialAccess={before} />);
    expect(stateOf(0)).toBe("loading");
    expect(visible()).not.toMatch(unpaid);
    expect(stateOfButton()).toBe("loading");
    // What is open stays open.
    expect(stateOf(1)).toBe("allowed");
    await waitFor(() => expect(stateOf(0)).toBe("allowed"));
    expect(seen).toEqual(["loading", "allowed"]);
    expect(stateOfButton()).toBe("owned");
    expect(fetch.requests.map(({ path }) => path)).toEqual(["/checkout/cs_1"]);
  });

  it("settles the return even if nothing on the page asks for access", async () => {
    const fetch = server();
    render(<BillingProvider plans={storyPlans} fetch={fetch} />);
    await waitFor(() => expect(window.location.search).toBe("?tab=plan"));
    expect(fetch.requests.map(({ path }) => path)).toEqual(["/checkout/cs_1"]);
  });

  it("does so after hydration, with the very HTML of the server until then", async () => {
    const fetch = server({ delay: { checkoutStatus: 30 } });
    const page = <Page fetch={fetch} initialAccess={before} />;
    // The server does not know the browser's address.
    const container = document.body.appendChild(document.createElement("div"));
    window.history.replaceState(null, "", "/account");
    container.innerHTML = renderToString(page);
    window.history.replaceState(null, "", "/account?checkout=cs_1");
    const complaints: unknown[] = [];
    const errors = vi.spyOn(console, "error").mockImplementation((...said) => void complaints.push(said));
    const root = hydrateRoot(container, page, { onRecoverableError: (error) => complaints.push(error) });
    await waitFor(() => expect(stateOf(0)).toBe("loading"));
    expect(visible()).not.toMatch(unpaid);
    await waitFor(() => expect(stateOf(0)).toBe("allowed"));
    expect(complaints).toEqual([]);
    errors.mockRestore();
    act(() => root.unmount());
    container.remove();
  });

  it("says that it doesn't know while the answer fails, keeps the address for a reload, and asks again", async () => {
    const fetch = server({ failing: { checkoutStatus: "provider_unavailable" } });
    render(<Page fetch={fetch} initialAccess={before} />);
    await waitFor(() => expect(stateOf(0)).toBe("failed"));
    expect(visible()).not.toMatch(unpaid);
    expect(window.location.search).toContain("checkout=cs_1");
    fetch.set({ failing: {} });
    gate(0)?.querySelector("button")?.click();
    await waitFor(() => expect(stateOf(0)).toBe("allowed"));
    expect(window.location.search).toBe("?tab=plan");
  });

  it("accepts what the server has heard in the meantime, even if the provider can't be asked", async () => {
    const fetch = server({ access: after, failing: { checkoutStatus: "provider_unavailable" } });
    render(<Page fetch={fetch} />);
    await waitFor(() => expect(stateOf(0)).toBe("allowed"));
  });

  it.each([
    ["left before paying", { checkouts: { cs_1: { status: "open", payment: "unpaid", access: before } } }],
    ["is somebody else's", { checkouts: {} }],
  ] as const)("is closed as usual when the checkout %s", async (_what, said) => {
    render(<Page fetch={server(said)} />);
    await waitFor(() => expect(stateOf(0)).toBe("denied"));
    expect(window.location.search).toBe("?tab=plan");
    expect(visible()).toMatch(unpaid);
  });

  it("does not wait for the return of a person who may not see checkouts", async () => {
    const member = accessFor(storyPlans, { customerId: "ada", canManage: false });
    render(<Page fetch={server({ access: member })} initialAccess={member} />);
    await waitFor(() => expect(stateOf(0)).toBe("denied"));
    expect(window.location.search).toBe("?tab=plan");
  });

  it("leaves an app's own `?checkout=` alone", async () => {
    window.history.replaceState(null, "", "/account?checkout=success");
    const fetch = server();
    render(<Page fetch={fetch} initialAccess={before} />);
    expect(stateOf(0)).toBe("denied");
    await act(async () => undefined);
    expect(fetch.requests).toEqual([]);
    expect(window.location.search).toBe("?checkout=success");
  });

  it("lets Next notice the cleaned address: its own mark in the history entry is left to it", async () => {
    window.history.replaceState({ __NA: true, tree: ["app"] }, "", "/account?checkout=cs_1");
    const replace = vi.spyOn(window.history, "replaceState");
    render(<Page fetch={server()} initialAccess={before} />);
    await waitFor(() => expect(window.location.search).toBe(""));
    expect(replace.mock.calls.at(-1)?.[0]).toEqual({ tree: ["app"] });
    replace.mockRestore();
  });
});

function Shown() {
  return <p data-testid="shown">{useCheckoutReturn().status}</p>;
}

describe("a person who signs in late", () => {
  const shown = () => screen.getByTestId("shown").textContent;
  const page = (props: BillingProviderProps) => (
    <StrictMode>
      <BillingProvider plans={storyPlans} {...props}>
        <Shown />
        <UpgradeGate feature="export">Exported.</UpgradeGate>
      </BillingProvider>
    </StrictMode>
  );

  it("has the checkout asked about again once the app knows who they are", async () => {
    const fetch = server({ access: accessFor(storyPlans, { customerId: null }) });
    const { rerender } = render(page({ fetch }));
    await waitFor(() => expect(shown()).toBe("failed"));
    await waitFor(() => expect(stateOf(0)).toBe("denied"));
    fetch.set({ access: before });
    rerender(page({ fetch, customerId: "ada" }));
    expect(shown()).toBe("checking");
    expect(stateOf(0)).toBe("loading");
    await waitFor(() => expect(shown()).toBe("paid"));
    expect(stateOf(0)).toBe("allowed");
  });

  it("is not asked about while nobody is signed in, and finds the return even if a router dropped it", async () => {
    const fetch = server();
    const { rerender } = render(page({ fetch, customerId: null }));
    expect([shown(), stateOf(0)]).toEqual(["none", "denied"]);
    window.history.replaceState(null, "", "/sign-in");
    await act(async () => undefined);
    expect(fetch.requests).toEqual([]);
    rerender(page({ fetch, customerId: "ada" }));
    await waitFor(() => expect([shown(), stateOf(0)]).toEqual(["paid", "allowed"]));
  });

  it("is still thanked when the app learns late what the server knew", async () => {
    const fetch = server();
    const { rerender } = render(page({ fetch }));
    await waitFor(() => expect(shown()).toBe("paid"));
    rerender(page({ fetch, customerId: "ada" }));
    await waitFor(() => expect(shown()).toBe("paid"));
  });

  it("is identified by the browser's own requests, where a strict cookie hid them from the first page", async () => {
    const nobody = accessFor(storyPlans, { customerId: null });
    render(page({ fetch: server(), initialAccess: nobody }));
    expect(stateOf(0)).toBe("loading");
    await waitFor(() => expect([shown(), stateOf(0)]).toEqual(["paid", "allowed"]));
  });

  it.each<[string, Partial<BillingProviderProps>, Partial<BillingProviderProps>, AccessState]>([
    [
      "customer",
      { customerId: "ada" },
      { customerId: "grace" },
      accessFor(storyPlans, { customerId: "grace" }),
    ],
    ["person", { personId: "ada" }, { personId: "bob" }, before],
  ])("another %s is neither asked about it nor thanked", async (_who, first, second, access) => {
    const fetch = server({ failing: { checkoutStatus: "provider_unavailable" } });
    const { rerender } = render(page({ fetch, ...first }));
    await waitFor(() => expect(shown()).toBe("failed"));
    fetch.set({ access, failing: {} });
    rerender(page({ fetch, ...second }));
    await waitFor(() => expect([shown(), stateOf(0)]).toEqual(["none", "denied"]));
    expect(fetch.requests.filter(({ route }) => route === "checkoutStatus")).toHaveLength(1);
  });
});
