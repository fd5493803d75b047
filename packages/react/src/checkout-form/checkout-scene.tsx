import type { CheckoutRequest } from "@tollgate/core/contract";
import { createSandbox } from "@tollgate/sandbox";
import { createStripe } from "@tollgate/sandbox/browser";
import { StrictMode, useState } from "react";
import { BillingProvider } from "../kit/billing-provider.js";
import { storyPlans } from "../stories/story-plans.js";
import { createTestFetch } from "../testing/create-test-fetch.js";
import { CheckoutForm } from "./checkout-form.js";
import type { PaidCheckout } from "./checkout-form-props.js";

export interface CheckoutSceneProps {
  /** What the server opened. @default "plan" */
  readonly order?: keyof typeof orders;
  readonly onPaid?: (paid: PaidCheckout) => void;
}

const line = {
  "line_items[0][price_data][currency]": "usd",
  "line_items[0][price_data][unit_amount]": "2900",
  "line_items[0][price_data][product_data][name]": "Pro",
  "line_items[0][quantity]": "1",
};
const plan = { ...line, mode: "subscription", "line_items[0][price_data][recurring][interval]": "month" };
const orders = {
  plan,
  discounted: plan,
  trial: { ...plan, "subscription_data[trial_period_days]": "14" },
  refused: plan,
} as const;

/** A checkout page whose server answers from a sandbox in the page. */
export function CheckoutScene({ order = "plan", onPaid }: CheckoutSceneProps) {
  const [account] = useState(() => createAccount(order));
  return (
    <main
      style={{
        background: "var(--tollgate-surface-raised)",
        fontFamily: "system-ui, sans-serif",
        padding: 24,
        minBlockSize: "100vh",
        boxSizing: "border-box",
        maxInlineSize: 480,
      }}
    >
      <StrictMode>
        <BillingProvider
          plans={storyPlans}
          locale={document.documentElement.lang || "en"}
          fetch={account.fetch}
        >
          <CheckoutForm planId="pro" stripe={account.stripe} {...(onPaid && { onPaid })} />
        </BillingProvider>
      </StrictMode>
    </main>
  );
}

function createAccount(order: keyof typeof orders) {
  const sandbox = createSandbox({ seed: "checkout-form" });
  const others = createTestFetch({ plans: storyPlans });
  async function call(path: string, params?: Record<string, string>) {
    const headers = { authorization: `Bearer ${sandbox.secretKey}` };
    const body = params && new URLSearchParams(params);
    const init = { headers, ...(body && { method: "POST", body }) };
    return (await sandbox.fetch(new Request(`${sandbox.url}/v1/${path}`, init))).json();
  }
  async function open({ returnUrl = "/" }: CheckoutRequest) {
    const half = order === "discounted" ? await call("coupons", { percent_off: "50", name: "Launch" }) : null;
    return call("checkout/sessions", {
      ...orders[order],
      ...(half && { "discounts[0][coupon]": half.id }),
      ...{ ui_mode: "elements", customer_email: "ada@example.com" },
      return_url: `https://app.test${returnUrl}`,
    });
  }
  let opening: ReturnType<typeof open> | undefined;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = String(input);
    const [, id] = /\/checkout\/(.+)$/.exec(path) ?? [];
    if (id !== undefined) {
      const [session, access] = await Promise.all([call(`checkout/sessions/${id}`), others("/access")]);
      const payment = session.status === "complete" ? "paid" : "unpaid";
      return Response.json({ id, status: session.status, payment, access: await access.json() });
    }
    if (!path.endsWith("/checkout")) return others(input, init);
    if (order === "refused") {
      const error = { code: "promotion_code_refused", message: "No.", details: { reason: "expired" } };
      return Response.json({ error }, { status: 400 });
    }
    opening ??= open(JSON.parse(String(init?.body)));
    const { id: made, client_secret: clientSecret } = await opening;
    return Response.json({ id: made, kind: "elements", url: null, clientSecret, expiresAt: null });
  };
  const stripe = createStripe(sandbox.publishableKey, { apiBase: sandbox.url, fetch: sandbox.fetch });
  return { stripe, fetch };
}
