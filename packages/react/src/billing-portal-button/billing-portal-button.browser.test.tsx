import "../styles.css";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { decideOutage } from "@tollgate/core";
import { createRef, type ReactElement } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BillingProvider } from "../kit/billing-provider.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { createTestFetch, type TestFetchOptions } from "../testing/create-test-fetch.js";
import { BillingPortalButton } from "./billing-portal-button.js";

afterEach(cleanup);

const subscriber = accessFor(storyPlans, { planId: "pro" });

/** What a server without its store says about somebody whom it has not seen before. */
const degraded = decideOutage({
  catalog: storyPlans,
  policies: { default: "closed", features: {} },
  customer: { id: "org_1", canManage: true },
  lastKnown: null,
  now: new Date("2026-11-21T12:00:00.000Z"),
});

function setUp(button: ReactElement, access = subscriber, server: Partial<TestFetchOptions> = {}) {
  const fetch = createTestFetch({ plans: storyPlans, access, ...server });
  // As a browser does: whoever has been sent away never comes back to this page.
  const onNavigate = vi.fn((_url: string) => new Promise<void>(() => {}));
  const page = (who: typeof access) => (
    <BillingProvider plans={storyPlans} fetch={fetch} onNavigate={onNavigate} initialAccess={who}>
      {button}
    </BillingProvider>
  );
  const { rerender, unmount } = render(page(access));
  return { fetch, onNavigate, unmount, signIn: (who: typeof access) => rerender(page(who)) };
}

describe("BillingPortalButton", () => {
  it('calls nobody "not a customer" while the server\'s store is out of reach', async () => {
    const { onNavigate } = setUp(<BillingPortalButton />, degraded, { access: subscriber });
    await userEvent.click(screen.getByRole("button"));
    await waitFor(() => expect(onNavigate).toHaveBeenCalled());
  });

  it("opens the portal once for a double click, as it was told", async () => {
    const { fetch, onNavigate } = setUp(
      <BillingPortalButton flow="cancel" returnUrl="/account" />,
      subscriber,
      { delay: { portal: 20 } },
    );
    await userEvent.dblClick(screen.getByRole("button"));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledWith("https://portal.test/session_1"));
    expect(fetch.requests.map(({ body }) => body)).toEqual([{ returnUrl: "/account", flow: "cancel" }]);
  });

  it("comes back to this page by default, without an earlier checkout in its address", async () => {
    window.history.replaceState(null, "", "/account?tab=plan&checkout=cs_1");
    const { fetch } = setUp(<BillingPortalButton />, subscriber, { failing: { checkoutStatus: "network" } });
    await userEvent.click(screen.getByRole("button"));
    const asked = fetch.requests.find(({ route }) => route === "portal");
    expect(asked?.body).toEqual({ returnUrl: "/account?tab=plan" });
    window.history.replaceState(null, "", "/");
  });

  it("forwards its ref and props to the button, and lets onClick stop it", async () => {
    const ref = createRef<HTMLButtonElement>();
    const stop = vi.fn((event: { preventDefault(): void }) => event.preventDefault());
    const { fetch } = setUp(<BillingPortalButton ref={ref} className="mine" onClick={stop} />);
    expect(ref.current).toBe(screen.getByRole("button"));
    expect(ref.current?.className).toBe("mine");
    await userEvent.click(screen.getByRole("button"));
    expect(stop).toHaveBeenCalledOnce();
    expect(fetch.requests).toEqual([]);
  });

  it("says why it is off, to the keyboard too, and sends no request", async () => {
    const { fetch } = setUp(<BillingPortalButton />, accessFor(storyPlans));
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole("button"));
    expect(screen.getByText(/nothing to manage/)).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    expect(fetch.requests).toEqual([]);
  });

  it("hides on request from whoever has no portal", () => {
    setUp(<BillingPortalButton whenUnavailable="hide" />, accessFor(storyPlans, { canManage: false }));
    expect(document.querySelector("[data-tollgate]")).toBeNull();
  });

  it("stays where it was pressed, with the reason and the focus, when the server says that there is no portal", async () => {
    const { signIn } = setUp(<BillingPortalButton whenUnavailable="hide" />, subscriber, {
      access: accessFor(storyPlans),
    });
    const button = screen.getByRole("button");
    await userEvent.click(button);
    await screen.findByText(/nothing to manage/);
    expect(document.activeElement).toBe(button);
    signIn(accessFor(storyPlans, { customerId: "grace" }));
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("says that it failed, and works when it is pressed again", async () => {
    const { fetch, onNavigate } = setUp(<BillingPortalButton />, subscriber, {
      failing: { portal: "network" },
    });
    await userEvent.click(screen.getByRole("button"));
    await screen.findByText(/couldn't be opened/);
    fetch.set({ failing: {} });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(onNavigate).toHaveBeenCalledOnce());
  });

  it("never goes where a script would run", async () => {
    const onNavigate = vi.fn();
    const answer = async () => Response.json({ url: "javascript:alert(1)" });
    render(
      <BillingProvider initialAccess={subscriber} fetch={answer} onNavigate={onNavigate}>
        <BillingPortalButton />
      </BillingProvider>,
    );
    await userEvent.click(screen.getByRole("button"));
    await screen.findByText(/couldn't be opened/);
    expect(onNavigate).not.toHaveBeenCalled();
  });

  it("does not take the next person to the first one's portal", async () => {
    const { fetch, onNavigate, signIn } = setUp(<BillingPortalButton />, subscriber, {
      delay: { portal: "never" },
    });
    await userEvent.click(screen.getByRole("button"));
    signIn(accessFor(storyPlans, { customerId: "grace", planId: "team" }));
    expect(screen.getByRole("button", { name: "Manage billing" })).toBeTruthy();
    await act(() => new Promise((resolve) => setTimeout(resolve)));
    expect(fetch.requests[0]?.signal?.aborted).toBe(true);
    expect(onNavigate).not.toHaveBeenCalled();
  });

  it("is not stuck when the browser's back button restores the page", async () => {
    setUp(<BillingPortalButton />, subscriber, { delay: { portal: "never" } });
    await userEvent.click(screen.getByRole("button"));
    expect(screen.getByRole("button", { name: "Opening…" })).toBeTruthy();
    act(() => void window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    expect(screen.getByRole("button", { name: "Manage billing" })).toBeTruthy();
  });

  it("gives up when it leaves the page", async () => {
    const { fetch, unmount } = setUp(<BillingPortalButton />, subscriber, { delay: { portal: "never" } });
    await userEvent.click(screen.getByRole("button"));
    unmount();
    expect(fetch.requests[0]?.signal?.aborted).toBe(true);
  });
});
