import { describe, expect, it } from "vitest";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "./access-for.js";
import { createTestFetch } from "./create-test-fetch.js";

const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

async function codeOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  const { error } = (await response.json()) as { error?: { code: string } };
  return `${response.status} ${error?.code}`;
}

describe("createTestFetch", () => {
  it("answers every route and remembers what it was asked", async () => {
    const fetch = createTestFetch({ plans: storyPlans });
    await fetch("/api/billing/plans?currency=eur");
    await fetch("/api/billing/access");
    const opened = await fetch("/api/billing/checkout", post({ planId: "pro", interval: "year" }));
    const { id } = (await opened.json()) as { id: string };
    const status = await fetch(`/api/billing/checkout/${id}`);
    expect(await status.json()).toMatchObject({
      status: "complete",
      payment: "paid",
      access: { planId: "pro" },
    });
    expect((await fetch("/api/billing/portal", post({ flow: "cancel" }))).status).toBe(200);
    expect(fetch.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /plans?currency=eur",
      "GET /access",
      "POST /checkout",
      `GET /checkout/${id}`,
      "POST /portal",
    ]);
  });

  it("refuses what the server would refuse, with the same codes", async () => {
    const fetch = createTestFetch({ plans: storyPlans });
    const checkout = (body: unknown) => codeOf(fetch("/b/checkout", post(body)));
    expect(await checkout({ planId: "pro", interval: "month", amount: 1 })).toBe("400 invalid_body");
    expect(await checkout({ planId: "gold", interval: "month" })).toBe("400 unknown_plan");
    expect(await checkout({ planId: "team", interval: "month", quantity: 1 })).toBe("400 invalid_quantity");
    expect(await codeOf(fetch("/b/portal", post({})))).toBe("409 not_a_customer");
    expect(await codeOf(fetch("/b/checkout/cs_other"))).toBe("404 checkout_not_found");
    expect(await codeOf(fetch("/b/plans?currency="))).toBe("400 invalid_query");
    expect(await codeOf(fetch("/b/elsewhere"))).toBe("404 not_found");
  });

  it("knows who is signed in", async () => {
    const fetch = createTestFetch({ plans: storyPlans, access: accessFor(storyPlans, { customerId: null }) });
    expect(await codeOf(fetch("/b/access"))).toBe("401 unauthenticated");
    fetch.set({ access: accessFor(storyPlans, { canManage: false }) });
    expect(await codeOf(fetch("/b/portal", post({})))).toBe("403 forbidden");
    fetch.set({ access: accessFor(storyPlans, { planId: "pro" }) });
    const again = post({ planId: "team", interval: "month" });
    expect(await codeOf(fetch("/b/checkout", again))).toBe("409 already_subscribed");
  });

  it("fails and delays on request, and stops waiting when the page gives up", async () => {
    const fetch = createTestFetch({
      plans: storyPlans,
      failing: { access: "store_unavailable", portal: "network" },
      delay: { plans: "never" },
    });
    expect(await codeOf(fetch("/b/access"))).toBe("503 store_unavailable");
    await expect(fetch("/b/portal", post({}))).rejects.toBeInstanceOf(TypeError);
    const controller = new AbortController();
    const pending = fetch("/b/plans", { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
  });
});
