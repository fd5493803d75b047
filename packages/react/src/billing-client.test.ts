import { BillingError } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import { createBillingClient } from "./billing-client.js";
import { storyPlans } from "./stories/story-plans.js";
import { createTestFetch } from "./testing/create-test-fetch.js";

function answering(body: BodyInit, init?: ResponseInit) {
  return createBillingClient({ endpoint: "/api/billing", fetch: async () => new Response(body, init) });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof BillingError ? `${error.code}: ${error.message}` : String(error);
}

describe("the billing client", () => {
  it("sends same-origin requests to the endpoint, with or without a trailing slash", async () => {
    const seen: [string, RequestInit | undefined][] = [];
    const test = createTestFetch({ plans: storyPlans });
    const fetch: typeof globalThis.fetch = (input, init) => {
      seen.push([String(input), init]);
      return test(input, init);
    };
    await createBillingClient({ endpoint: "/api/billing/", fetch }).plans("eur");
    expect(seen[0]).toMatchObject(["/api/billing/plans?currency=eur", { credentials: "same-origin" }]);
  });

  it("gives back what the contract says", async () => {
    const client = createBillingClient({ endpoint: "/b", fetch: createTestFetch({ plans: storyPlans }) });
    expect((await client.plans("eur")).currency).toBe("eur");
    expect((await client.access()).planId).toBe("free");
    const checkout = await client.checkout({ planId: "pro", interval: "month" });
    expect((await client.checkoutStatus(checkout.id)).access.planId).toBe("pro");
    expect((await client.portal({})).url).toMatch(/^https:/);
  });

  it("raises the server's own error, with its details", async () => {
    const error = { code: "invalid_quantity", message: "The quantity must be 1.", details: { maximum: 1 } };
    const client = answering(JSON.stringify({ error }), { status: 400 });
    await expect(client.access()).rejects.toMatchObject({ ...error, status: 400 });
  });

  it("makes a BillingError of a refusal that is not in our envelope", async () => {
    expect(await codeOf(answering("<h1>Bad gateway</h1>", { status: 502 }).access())).toMatch(
      /^internal: .*502/,
    );
    expect(await codeOf(answering("{}", { status: 401 }).access())).toMatch(/^unauthenticated/);
    const newer = JSON.stringify({ error: { code: "from_the_future", message: "?" } });
    expect(await codeOf(answering(newer, { status: 403 }).access())).toMatch(/^forbidden/);
  });

  it("says that the handlers may not be mounted when a page answers instead", async () => {
    expect(await codeOf(answering("<!doctype html>").access())).toMatch(/Are they mounted/);
    expect(await codeOf(answering("{}").plans(null))).toMatch(/Are they mounted/);
  });

  it("says that billing can't be reached when there is no answer, and keeps the cause", async () => {
    const cause = new TypeError("Failed to fetch");
    const client = createBillingClient({ endpoint: "/b", fetch: () => Promise.reject(cause) });
    await expect(client.access()).rejects.toMatchObject({ code: "internal", cause });
  });

  it("gives up when it is told to, even if the fetch does not listen", async () => {
    const controller = new AbortController();
    const client = answering(JSON.stringify({ customerId: null, features: {} }));
    const answer = client.access(controller.signal);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });
});
