import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useAccess } from "../access/use-access.js";
import { BillingProvider } from "../kit/billing-provider.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";
import { createTestFetch, type TestFetchOptions } from "../testing/create-test-fetch.js";
import { useCheckoutReturn } from "./use-checkout-return.js";

const before = accessFor(storyPlans);
const after = accessFor(storyPlans, { planId: "pro" });

function Shown() {
  const { status, error, retry } = useCheckoutReturn();
  const { planId } = useAccess().state ?? {};
  return (
    <button type="button" onClick={() => void retry()}>
      {status} {planId} {error?.code}
    </button>
  );
}

function comeBack(server: Partial<TestFetchOptions>) {
  const fetch = createTestFetch({ plans: storyPlans, access: before, ...server });
  render(
    <StrictMode>
      <BillingProvider plans={storyPlans} initialAccess={before} fetch={fetch}>
        <Shown />
      </BillingProvider>
    </StrictMode>,
  );
  return fetch;
}

const shown = () => screen.getByRole("button").textContent;

beforeEach(() => window.history.replaceState({ router: "state" }, "", "/account?tab=plan&checkout=cs_1#top"));
afterEach(() => {
  cleanup();
  window.history.replaceState(null, "", "/");
});

describe("useCheckoutReturn", () => {
  it("opens the plan at once when it was paid, however late the webhook is", async () => {
    const fetch = comeBack({ checkouts: { cs_1: { status: "complete", payment: "paid", access: after } } });
    expect(shown()).toBe("checking free ");
    await waitFor(() => expect(shown()).toBe("paid pro "));
    expect(fetch.requests.map(({ path }) => path)).toEqual(["/checkout/cs_1"]);
  });

  it("takes its parameter out of the address, and leaves the rest and the router's state", async () => {
    comeBack({ checkouts: { cs_1: {} } });
    await waitFor(() => expect(window.location.search).toBe("?tab=plan"));
    expect(window.location.hash).toBe("#top");
    expect(window.history.state).toEqual({ router: "state" });
  });

  it.each([
    ["complete", "processing", "processing"],
    ["complete", "failed", "payment_failed"],
    ["complete", "not_required", "paid"],
    ["open", "unpaid", "open"],
    ["expired", "unpaid", "expired"],
  ] as const)("a checkout that is %s and %s is %s", async (status, payment, expected) => {
    comeBack({ checkouts: { cs_1: { status, payment, access: before } } });
    await waitFor(() => expect(shown()).toBe(`${expected} free `));
  });

  it("keeps the parameter when the answer failed, so that a reload asks again, and retries", async () => {
    const fetch = comeBack({
      checkouts: { cs_1: { access: after } },
      failing: { checkoutStatus: "network" },
    });
    await waitFor(() => expect(shown()).toBe("failed free internal"));
    expect(window.location.search).toContain("checkout=cs_1");
    fetch.set({ failing: {} });
    screen.getByRole("button").click();
    await waitFor(() => expect(shown()).toBe("paid pro "));
  });

  it("fails for a checkout that is not this customer's, and forgets it", async () => {
    comeBack({});
    await waitFor(() => expect(shown()).toBe("failed free checkout_not_found"));
    expect(window.location.search).toBe("?tab=plan");
  });

  it("sends no request when nobody came back", async () => {
    window.history.replaceState(null, "", "/account");
    const fetch = comeBack({});
    expect(shown()).toBe("none free ");
    expect(fetch.requests).toEqual([]);
  });
});
