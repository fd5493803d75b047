import { BillingError } from "@tollgate/core";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { storyPlans } from "../stories/story-plans.js";
import { createTestFetch } from "../testing/create-test-fetch.js";
import { createBillingClient } from "./billing-client.js";

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

  it("turns a refusal that is not in our envelope into a BillingError", async () => {
    expect(await codeOf(answering("<h1>Bad gateway</h1>", { status: 502 }).access())).toMatch(
      /^internal: .*502/,
    );
    expect(await codeOf(answering("{}", { status: 401 }).access())).toMatch(/^unauthenticated/);
  });

  it("passes on the code of a server that is newer than the page, with the answer's own status", async () => {
    const error = { code: "from_the_future", message: "?" };
    const client = answering(JSON.stringify({ error }), { status: 403 });
    await expect(client.access()).rejects.toMatchObject({ ...error, status: 403 });
    await expect(client.access()).rejects.toBeInstanceOf(BillingError);
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

describe("what the console says in development when somebody else answers", () => {
  const errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
  beforeEach(() => errors.mockClear());
  afterAll(() => errors.mockRestore());
  const ask = async (endpoint: string, fetch: typeof globalThis.fetch) => {
    const client = createBillingClient({ endpoint, fetch });
    await client.access().catch(() => undefined);
    await client.access().catch(() => undefined);
    return errors.mock.calls.map(([text]) => String(text));
  };
  const html = { headers: { "content-type": "text/html; charset=utf-8" } };

  it("names the address, the answer and both paths, once", async () => {
    const said = await ask("/api/bills", async () => new Response("<h1>404</h1>", { status: 404, ...html }));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /GET \/api\/bills\/access .*404 \(text\/html\).*basePath.*endpoint.*"\/api\/bills"/,
    );
  });

  it("names where a redirect led", async () => {
    const page = new Response("<h1>Sign in</h1>", html);
    Object.defineProperties(page, { redirected: { value: true }, url: { value: "https://app.test/login" } });
    expect((await ask("/api/hidden", async () => page))[0]).toMatch(/\/login.*"\/api\/hidden\/\*"/);
  });

  it("names the handler's own path when it has another one", async () => {
    const refusal = new BillingError("not_found", "There is no such route.", {
      details: { basePath: "/api/billing" },
    });
    const said = await ask("/billing", async () => Response.json(refusal, { status: 404 }));
    expect(said[0]).toMatch(/`basePath` is "\/api\/billing" and `endpoint` is "\/billing"/);
  });

  it("tells a middleware's 401 apart from somebody who is signed out", async () => {
    const said = await ask("/api/guarded", async () => Response.json({ error: "no" }, { status: 401 }));
    expect(said[0]).toMatch(/401 \(application\/json\).*not by the handler.*sign in/);
  });

  it("says that nobody answered", async () => {
    const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
    expect((await ask("http://localhost:1/billing", fetch))[0]).toMatch(/was not answered.*Failed to fetch/);
  });

  it("says nothing about what the handler itself refuses, or about a handler that is newer than the page", async () => {
    const own = new BillingError("store_unavailable", "Later.");
    expect(await ask("/api/down", async () => Response.json(own, { status: 503 }))).toEqual([]);
    const newer = { error: { code: "from_the_future", message: "?" } };
    expect(await ask("/api/newer", async () => Response.json(newer, { status: 409 }))).toEqual([]);
  });
});
