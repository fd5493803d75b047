import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import type { AccessState } from "@tollgate/core";
import { StrictMode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useAccess } from "../access/use-access.js";
import { BillingPortalButton } from "../billing-portal-button/billing-portal-button.js";
import { usePlans } from "../plans/use-plans.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { createTestFetch, type TestFetch } from "../testing/create-test-fetch.js";
import { BillingProvider } from "./billing-provider.js";

const ada = accessFor(storyPlans, { customerId: "ada", planId: "pro" });
const grace = accessFor(storyPlans, { customerId: "grace" });

/** Every word about billing that is on the screen. */
function Shown() {
  const access = useAccess();
  const plans = usePlans();
  return (
    <p data-testid="shown">
      {access.status} {access.state?.customerId ?? "nobody"} {access.state?.planId ?? "none"}{" "}
      {access.check("export").allowed ? "open" : "closed"} {plans.plans?.currency} {access.error?.code}
    </p>
  );
}

const shown = () => screen.getByTestId("shown").textContent;
const routes = (fetch: TestFetch) => fetch.requests.map(({ route }) => route);

afterEach(cleanup);

describe("BillingProvider", () => {
  it("fetches nothing when it is given access and plans", async () => {
    const fetch = createTestFetch({ plans: storyPlans });
    render(
      <BillingProvider plans={storyPlans} initialAccess={ada} fetch={fetch}>
        <Shown />
      </BillingProvider>,
    );
    expect(shown()).toBe("ready ada pro open usd ");
    await act(async () => undefined);
    expect(fetch.requests).toEqual([]);
  });

  it("makes one request for all hooks, even in StrictMode", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: ada });
    render(
      <StrictMode>
        <BillingProvider fetch={fetch}>
          <Shown />
          <Gate />
          <Gate />
        </BillingProvider>
      </StrictMode>,
    );
    expect(shown()).toBe("loading nobody none closed  ");
    await waitFor(() => expect(shown()).toBe("ready ada pro open usd "));
    expect(routes(fetch).sort()).toEqual(["access", "plans"]);
  });

  it("takes a 401 to mean that nobody is signed in", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: accessFor(storyPlans, { customerId: null }) });
    render(
      <BillingProvider plans={storyPlans} fetch={fetch}>
        <Shown />
      </BillingProvider>,
    );
    await waitFor(() => expect(shown()).toBe("signed_out nobody none closed usd "));
  });

  it("stays closed when access can't be read, and opens when a retry succeeds", async () => {
    const fetch = createTestFetch({
      plans: storyPlans,
      access: ada,
      failing: { access: "store_unavailable" },
    });
    render(
      <BillingProvider plans={storyPlans} fetch={fetch}>
        <Shown />
        <Retry />
      </BillingProvider>,
    );
    await waitFor(() => expect(shown()).toBe("failed nobody none closed usd store_unavailable"));
    fetch.set({ failing: {} });
    screen.getByText("retry").click();
    await waitFor(() => expect(shown()).toBe("ready ada pro open usd "));
  });

  it("aborts its request when the page is left", async () => {
    const fetch = createTestFetch({ plans: storyPlans, delay: "never" });
    const { unmount } = render(
      <BillingProvider plans={storyPlans} fetch={fetch}>
        <Shown />
      </BillingProvider>,
    );
    unmount();
    await act(async () => undefined);
    expect(fetch.requests.map(({ signal }) => signal?.aborted)).toEqual([true]);
  });

  it("throws when a secret key reaches the browser", () => {
    const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(() => render(<BillingProvider stripePublishableKey="sk_live_abc" />)).toThrow(/secret key/);
    silence.mockRestore();
  });
});

describe("signing out and in as another person", () => {
  it("shows nothing of the first one from the first frame on", () => {
    const fetch = createTestFetch({ plans: storyPlans });
    const { rerender } = render(<Page access={ada} fetch={fetch} />);
    rerender(<Page access={grace} fetch={fetch} />);
    expect(shown()).toBe("ready grace free closed usd ");
  });

  it("drops the first one's access that is still passed, and asks for the second one's", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: grace });
    const { rerender } = render(<Page access={ada} customerId="ada" fetch={fetch} />);
    rerender(<Page access={ada} customerId="grace" fetch={fetch} />);
    expect(shown()).toBe("loading nobody none closed usd ");
    await waitFor(() => expect(shown()).toBe("ready grace free closed usd "));
  });

  it("aborts the first one's request and ignores its late answer", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: ada, delay: { access: 30 } });
    // A fetch that does not listen to the signal: its answer arrives all the same.
    const deaf = Object.assign(
      (input: RequestInfo | URL, { signal: _, ...init }: RequestInit = {}) => fetch(input, init),
      fetch,
    );
    const { rerender } = render(<Page customerId="ada" fetch={deaf} />);
    rerender(<Page access={grace} customerId="grace" fetch={deaf} />);
    await act(() => new Promise((resolve) => setTimeout(resolve, 80)));
    expect(fetch.requests).toHaveLength(1);
    expect(shown()).toBe("ready grace free closed usd ");
  });

  it("closes at once when the person signs out", () => {
    const fetch = createTestFetch({ plans: storyPlans });
    const { rerender } = render(<Page access={ada} customerId="ada" fetch={fetch} />);
    rerender(<Page access={ada} customerId={null} fetch={fetch} />);
    expect(shown()).toBe("signed_out nobody none closed usd ");
    expect(fetch.requests).toEqual([]);
  });

  it("does not show somebody else's answer to the person on the page", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: grace });
    render(<Page customerId="ada" fetch={fetch} />);
    await waitFor(() => expect(shown()).toBe("failed nobody none closed usd unauthenticated"));
  });
});

describe("another person of the same organisation", () => {
  const may = (canManage: boolean) =>
    accessFor(storyPlans, { customerId: "org_1", planId: "pro", canManage });
  const portal = () => screen.queryByRole("button", { name: "Manage billing" });
  const page = (props: Partial<Parameters<typeof BillingProvider>[0]>) => (
    <StrictMode>
      <BillingProvider plans={storyPlans} {...props}>
        <BillingPortalButton whenUnavailable="hide" />
      </BillingProvider>
    </StrictMode>
  );

  it("has nothing of a manager's from the first frame on, though both answers were decided at the same moment", () => {
    const fetch = createTestFetch({ plans: storyPlans });
    const { rerender } = render(page({ fetch, initialAccess: may(true) }));
    expect(portal()).toBeTruthy();
    rerender(page({ fetch, initialAccess: may(false) }));
    expect(portal()).toBeNull();
    rerender(page({ fetch, initialAccess: may(true) }));
    expect(portal()).toBeTruthy();
    expect(fetch.requests).toEqual([]);
  });

  it("is not taken to what the manager was opening", async () => {
    const onNavigate = vi.fn();
    const fetch = createTestFetch({ plans: storyPlans, access: may(true), delay: { portal: 20 } });
    const { rerender } = render(page({ fetch, onNavigate, initialAccess: may(true) }));
    act(() => portal()?.click());
    rerender(page({ fetch, onNavigate, initialAccess: may(false) }));
    await act(() => new Promise((resolve) => setTimeout(resolve, 60)));
    expect(fetch.requests[0]?.signal?.aborted).toBe(true);
    expect(onNavigate).not.toHaveBeenCalled();
  });

  it("is asked about again where the app tells people apart and the server has decided nothing yet", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: may(true) });
    const { rerender } = render(page({ fetch, customerId: "org_1", personId: "ada" }));
    await waitFor(() => expect(routes(fetch)).toEqual(["access"]));
    await waitFor(() => expect(portal()).toBeTruthy());
    fetch.set({ access: may(false) });
    rerender(page({ fetch, customerId: "org_1", personId: "bob" }));
    await waitFor(() => expect(portal()).toBeNull());
    expect(routes(fetch)).toEqual(["access", "access"]);
    // Only the page has it: the server goes by its session.
    expect(JSON.stringify(fetch.requests)).not.toContain("bob");
  });

  it("stays the same one when the server says what changed: nothing is dropped", () => {
    const fetch = createTestFetch({ plans: storyPlans });
    const props = { fetch, customerId: "org_1", personId: "ada" };
    const { rerender } = render(page({ ...props, initialAccess: may(true) }));
    rerender(page(props));
    expect(portal()).toBeTruthy();
    expect(fetch.requests).toEqual([]);
  });
});

describe("coming back to the page", () => {
  const pageshow = (persisted: boolean) =>
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted }));

  it("reads access again when the browser restores the page, and keeps what is shown until then", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: ada });
    render(
      <BillingProvider
        plans={storyPlans}
        initialAccess={{ ...ada, customerId: "ada", planId: "free" }}
        fetch={fetch}
      >
        <Shown />
      </BillingProvider>,
    );
    act(() => void pageshow(false));
    expect(fetch.requests).toEqual([]);
    act(() => void pageshow(true));
    act(() => void pageshow(true));
    expect(shown()).toBe("ready ada free open usd ");
    await waitFor(() => expect(shown()).toBe("ready ada pro open usd "));
    expect(routes(fetch)).toEqual(["access"]);
  });

  it("reads access again when the tab is looked at after a while, not at once", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: ada });
    render(
      <BillingProvider plans={storyPlans} initialAccess={ada} fetch={fetch}>
        <Shown />
      </BillingProvider>,
    );
    const later = Date.now() + 31_000;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(fetch.requests).toEqual([]);
    const clock = vi.spyOn(Date, "now").mockReturnValue(later);
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    await waitFor(() => expect(routes(fetch)).toEqual(["access"]));
    await act(async () => undefined);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(routes(fetch)).toEqual(["access"]);
    clock.mockRestore();
  });

  it("takes what the server decided later, when it renders again", () => {
    const fetch = createTestFetch({ plans: storyPlans });
    const page = (access: AccessState) => (
      <BillingProvider plans={storyPlans} initialAccess={access} fetch={fetch}>
        <Shown />
      </BillingProvider>
    );
    const { rerender } = render(page(ada));
    const earlier = { ...ada, planId: "free", decidedAt: "2026-01-01T00:00:00.000Z" };
    rerender(page(earlier));
    expect(shown()).toBe("ready ada pro open usd ");
    rerender(page({ ...ada, planId: "team", decidedAt: "2026-12-01T00:00:00.000Z" }));
    expect(shown()).toBe("ready ada team open usd ");
  });
});

function Gate() {
  return <i>{useAccess().status}</i>;
}

function Retry() {
  const { refresh } = useAccess();
  return (
    <button type="button" onClick={() => void refresh()}>
      retry
    </button>
  );
}

function Page({
  access,
  customerId,
  fetch,
}: {
  access?: AccessState;
  customerId?: string | null;
  fetch: TestFetch;
}) {
  return (
    <BillingProvider
      plans={storyPlans}
      fetch={fetch}
      {...(access && { initialAccess: access })}
      {...(customerId !== undefined && { customerId })}
    >
      <Shown />
    </BillingProvider>
  );
}
