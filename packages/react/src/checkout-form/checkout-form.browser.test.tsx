/// <reference types="@vitest/browser-playwright" />
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { createSandbox } from "@tollgate/sandbox";
import { createStripe } from "@tollgate/sandbox/browser";
import { StrictMode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import "../styles.css";
import { BillingProvider } from "../kit/billing-provider.js";
import { answerBank, fillCard } from "../payment-form/fill-card.js";
import { storyPlans } from "../stories/story-plans.js";
import { createTestFetch } from "../testing/create-test-fetch.js";
import { CheckoutForm } from "./checkout-form.js";

const sandbox = createSandbox();
const stripe = createStripe(sandbox.publishableKey, { apiBase: sandbox.url, fetch: sandbox.fetch });

async function post(path: string, params: Record<string, string>) {
  const headers = { authorization: `Bearer ${sandbox.secretKey}` };
  const request = new Request(`${sandbox.url}/v1/${path}`, {
    method: "POST",
    headers,
    body: new URLSearchParams(params),
  });
  return (await sandbox.fetch(request)).json();
}

const plan = {
  ...{ mode: "subscription", ui_mode: "elements", customer_email: "ada@example.com" },
  return_url: "https://app.test/done?checkout={CHECKOUT_SESSION_ID}",
  "line_items[0][price_data][currency]": "usd",
  "line_items[0][price_data][unit_amount]": "2900",
  "line_items[0][price_data][recurring][interval]": "month",
  "line_items[0][price_data][product_data][name]": "Pro",
  "line_items[0][quantity]": "1",
};

let asked: Record<string, unknown>[] = [];
let settled: string[] = [];

/** Our route, whose provider is the sandbox in the page; everything else is answered as ever. */
function route(more: Record<string, string> = {}, refusal?: { code: string; status: number }): typeof fetch {
  const others = createTestFetch({ plans: storyPlans });
  const made = post("checkout/sessions", { ...plan, ...more });
  return async (input, init) => {
    const path = String(input);
    if (path.endsWith("/checkout") && init?.method === "POST") {
      asked.push(JSON.parse(String(init.body)));
      if (refusal) {
        const error = { code: refusal.code, message: "No." };
        return Response.json({ error }, { status: refusal.status });
      }
      const { id, client_secret: clientSecret } = await made;
      return Response.json({ id, kind: "elements", url: null, clientSecret, expiresAt: null });
    }
    const [, id] = /\/checkout\/(.+)$/.exec(path) ?? [];
    if (id === undefined) return others(input, init);
    settled.push(id);
    const { access } = { access: await (await others("/api/billing/access")).json() };
    const headers = { authorization: `Bearer ${sandbox.secretKey}` };
    const session = await (
      await sandbox.fetch(new Request(`${sandbox.url}/v1/checkout/sessions/${id}`, { headers }))
    ).json();
    const payment = session.status === "complete" ? "paid" : "unpaid";
    return Response.json({ id, status: session.status, payment, access });
  };
}

function show(fetch: typeof globalThis.fetch, props: object = {}) {
  const onPaid = vi.fn();
  const view = render(
    <StrictMode>
      <BillingProvider plans={storyPlans} fetch={fetch}>
        <CheckoutForm planId="pro" interval="month" {...{ stripe, onPaid, ...props }} />
      </BillingProvider>
    </StrictMode>,
  );
  return { ...view, onPaid };
}

const root = () => document.querySelector('[data-tollgate="payment-form"]') as HTMLElement;
const state = () => root().dataset.state;
const ready = () => waitFor(() => expect(state()).toBe("ready"), { timeout: 10_000 });

beforeEach(() => {
  asked = [];
  settled = [];
});
afterEach(cleanup);

it("asks our route for the checkout of its choice, shows what Stripe will charge, and pays it", async () => {
  const { onPaid } = show(route(), { promotionCode: "half", quantity: 1 });
  await ready();
  expect(asked[0]).toEqual({
    ...{ planId: "pro", interval: "month", quantity: 1, promotionCode: "half" },
    ...{ kind: "elements", returnUrl: expect.stringMatching(/^\//) },
  });
  expect(root().textContent).toContain("Pro");
  expect(root().textContent).toMatch(/\$29 on .*, then every month/);
  await fillCard(document.body, "Succeeds");
  await userEvent.click(screen.getByRole("button", { name: "Pay $29" }));
  await waitFor(() => expect(state()).toBe("paid"));
  expect(settled, "the server settles it before anybody is told").toHaveLength(1);
  expect(onPaid).toHaveBeenCalledExactlyOnceWith({ checkoutId: settled[0] });
  expect(screen.getByRole("status").textContent).toContain("Payment received");
});

it("says why a card was declined, and takes another", async () => {
  const { onPaid } = show(route());
  await ready();
  await fillCard(document.body, "Declined");
  await userEvent.click(screen.getByRole("button", { name: "Pay $29" }));
  await waitFor(() => expect(state()).toBe("declined"));
  expect(screen.getByRole("alert").textContent).toContain("Nothing was charged");
  await fillCard(document.body, "Succeeds");
  await userEvent.click(screen.getByRole("button", { name: "Pay $29" }));
  await waitFor(() => expect(onPaid).toHaveBeenCalledOnce());
});

it("goes through the bank's own step and back, refused once and confirmed once", async () => {
  const { onPaid } = show(route());
  await ready();
  await fillCard(document.body, "3-D Secure");
  await userEvent.click(screen.getByRole("button", { name: "Pay $29" }));
  await answerBank("Fail authentication");
  await waitFor(() => expect(state()).toBe("declined"));
  await userEvent.click(screen.getByRole("button", { name: "Pay $29" }));
  await answerBank("Complete authentication");
  await waitFor(() => expect(onPaid).toHaveBeenCalledOnce());
});

it("says that details are missing where nothing was typed, and charges nothing", async () => {
  show(route());
  await ready();
  await userEvent.click(screen.getByRole("button", { name: "Pay $29" }));
  await waitFor(() => expect(state()).toBe("invalid"));
});

it("shows a trial with what comes after it", async () => {
  show(route({ "subscription_data[trial_period_days]": "14" }));
  await ready();
  expect(screen.getByRole("button", { name: "Start trial" })).toBeTruthy();
  expect(root().textContent).toMatch(/Due today\s*\$0/);
});

it("asks for no card where nothing is ever paid", async () => {
  const coupon = await post("coupons", { percent_off: "100", duration: "forever" });
  const { onPaid } = show(
    route({ "discounts[0][coupon]": coupon.id, payment_method_collection: "if_required" }),
  );
  await ready();
  expect(document.querySelector(".__PrivateStripeElement")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Confirm order" }));
  await waitFor(() => expect(onPaid).toHaveBeenCalledOnce());
});

it.each([
  [{ code: "promotion_code_refused", status: 400 }, "This promotion code can't be used here."],
  [{ code: "already_subscribed", status: 409 }, "You have a subscription already."],
  [{ code: "provider_unavailable", status: 503 }, "Nothing was charged."],
])("says that the route refused with %j, and lets ask again", async (refusal, words) => {
  show(route({}, refusal));
  await waitFor(() => expect(state()).toBe("refused"));
  expect(screen.getByRole("alert").textContent).toContain(words);
  const before = asked.length;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
});

it("shows one that was paid before, as after a reload, as paid", async () => {
  const fetch = route();
  const first = show(fetch);
  await ready();
  await fillCard(document.body, "Succeeds");
  await userEvent.click(screen.getByRole("button", { name: "Pay $29" }));
  await waitFor(() => expect(first.onPaid).toHaveBeenCalledOnce());
  first.unmount();
  const { onPaid } = show(fetch);
  await waitFor(() => expect(state()).toBe("paid"));
  expect(onPaid).toHaveBeenCalledOnce();
});
