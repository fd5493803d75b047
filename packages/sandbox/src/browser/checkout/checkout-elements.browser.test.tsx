import {
  CheckoutElementsProvider,
  PaymentElement,
  useCheckoutElements,
} from "@stripe/react-stripe-js/checkout";
import type { Stripe } from "@stripe/stripe-js";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { page } from "vitest/browser";
import { createSandbox } from "../../sandbox/create-sandbox.js";
import type { Sandbox } from "../../sandbox/sandbox.js";
import { createStripe } from "../stripe/create-stripe.js";

type Result = ReturnType<typeof useCheckoutElements>;
type Checkout = Extract<Result, { type: "success" }>["checkout"];

let sandbox: Sandbox;
let stripe: Stripe;
const navigate = vi.fn<(url: string) => void>();

beforeEach(() => {
  sandbox = createSandbox();
  navigate.mockReset();
  stripe = createStripe(sandbox.publishableKey, { apiBase: sandbox.url, fetch: sandbox.fetch, navigate });
});

async function post<T>(path: string, params: Record<string, string>): Promise<T> {
  const request = new Request(`${sandbox.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.secretKey}` },
    body: new URLSearchParams(params),
  });
  return (await (await sandbox.fetch(request)).json()) as T;
}

const plan = {
  mode: "subscription",
  ui_mode: "elements",
  return_url: "https://app.test/done?session={CHECKOUT_SESSION_ID}",
  "line_items[0][price_data][currency]": "usd",
  "line_items[0][price_data][unit_amount]": "2900",
  "line_items[0][price_data][recurring][interval]": "month",
  "line_items[0][price_data][product_data][name]": "Pro",
  "line_items[0][quantity]": "1",
};

const open = (more: Record<string, string> = {}): Promise<{ id: string; client_secret: string }> =>
  post("/v1/checkout/sessions", { ...plan, ...more });

const Capture = ({ onResult }: { onResult: (result: Result) => void }) => {
  const result = useCheckoutElements();
  useEffect(() => onResult(result), [result, onResult]);
  return <output>{result.type === "success" ? result.checkout.total.total.amount : result.type}</output>;
};

/** An app's own page for a session, as its documentation shows it. */
async function mount(session: { client_secret: string }, form = true): Promise<() => Checkout> {
  const container = document.body.appendChild(document.createElement("main"));
  const root = createRoot(container);
  let current: Result = { type: "loading" };
  const capture = (result: Result) => {
    current = result;
  };
  const options = { clientSecret: Promise.resolve(session.client_secret) };
  root.render(
    <StrictMode>
      <CheckoutElementsProvider stripe={stripe} options={options}>
        <Capture onResult={capture} />
        {form ? <PaymentElement /> : null}
      </CheckoutElementsProvider>
    </StrictMode>,
  );
  onTestFinished(() => {
    root.unmount();
    container.remove();
  });
  const checkout = (): Checkout => {
    if (current.type !== "success") throw new Error(`The checkout is ${JSON.stringify(current)}.`);
    return current.checkout;
  };
  await vi.waitFor(checkout);
  return checkout;
}

test("shows the order with amounts to calculate with and to read", async () => {
  const checkout = await mount(await open());
  expect(checkout()).toMatchObject({
    canConfirm: false,
    currency: "usd",
    minorUnitsAmountDivisor: 100,
    status: { type: "open" },
    lineItems: [{ name: "Pro", quantity: 1, total: { minorUnitsAmount: 2900, amount: "$29.00" } }],
    recurring: { interval: "month", intervalCount: 1, dueNext: { total: { minorUnitsAmount: 2900 } } },
    total: { total: { minorUnitsAmount: 2900, amount: "$29.00" } },
  });
});

test("can be confirmed once the email and the card are there, and then subscribes", async () => {
  const session = await open();
  const checkout = await mount(session);
  await page.getByRole("button", { name: "Succeeds" }).click();
  expect((await checkout().updateEmail("ada@example.com")).type).toBe("success");
  await vi.waitFor(() => expect(checkout().canConfirm).toBe(true));
  const result = await checkout().confirm({ redirect: "if_required" });
  expect(result).toMatchObject({
    type: "success",
    session: { status: { type: "complete", paymentStatus: "paid" } },
  });
  const types = sandbox.events().map(({ type }) => type);
  expect(types).toContain("checkout.session.completed");
  expect(types).toContain("customer.subscription.created");
});

test("says what is wrong with an email", async () => {
  const checkout = await mount(await open(), false);
  expect(await checkout().updateEmail("ada")).toMatchObject({ error: { code: "incompleteEmail" } });
  expect(await checkout().updateEmail("a da@example")).toMatchObject({ error: { code: "invalidEmail" } });
});

test("takes codes off and adds them again, and follows the quantity", async () => {
  await post("/v1/coupons", { id: "half", percent_off: "50", duration: "forever", name: "Half off" });
  await post("/v1/promotion_codes", {
    "promotion[type]": "coupon",
    "promotion[coupon]": "half",
    code: "HALF",
  });
  const session = await open({
    allow_promotion_codes: "true",
    "line_items[0][adjustable_quantity][enabled]": "true",
  });
  const checkout = await mount(session, false);
  expect(await checkout().applyPromotionCode("NOPE")).toMatchObject({ error: { code: "invalidCode" } });
  await checkout().applyPromotionCode("HALF");
  await vi.waitFor(() =>
    expect(checkout()).toMatchObject({
      total: { total: { minorUnitsAmount: 1450 }, discount: { minorUnitsAmount: 1450 } },
      discountAmounts: [{ promotionCode: "HALF", displayName: "Half off", percentOff: 50 }],
    }),
  );
  const [line] = checkout().lineItems;
  await checkout().updateLineItemQuantity({ lineItem: line?.id ?? "", quantity: 3 });
  await vi.waitFor(() => expect(checkout().total.total.minorUnitsAmount).toBe(4350));
  await checkout().removePromotionCode();
  await vi.waitFor(() => expect(checkout().total.total.minorUnitsAmount).toBe(8700));
  await expect.element(page.getByText("$87.00")).toBeVisible();
});

test("asks for the bank's step, and leaves for the return address", async () => {
  const session = await open();
  const checkout = await mount(session);
  await page.getByRole("button", { name: "3-D Secure" }).click();
  await checkout().updateEmail("ada@example.com");
  void checkout().confirm();
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await vi.waitFor(() =>
    expect(navigate).toHaveBeenCalledWith(`https://app.test/done?session=${session.id}`),
  );
});

test("says why the card was declined, and can be tried again", async () => {
  const checkout = await mount(await open());
  await checkout().updateEmail("ada@example.com");
  await page.getByRole("button", { name: "Declined" }).click();
  expect(await checkout().confirm({ redirect: "if_required" })).toMatchObject({
    type: "error",
    error: { code: "paymentFailed", paymentFailed: { declineCode: "generic_decline" } },
  });
  await page.getByRole("button", { name: "Succeeds" }).click();
  expect((await checkout().confirm({ redirect: "if_required" })).type).toBe("success");
});

test("shows what a server changed meanwhile", async () => {
  const session = await open();
  const checkout = await mount(session, false);
  const result = await checkout().runServerUpdate(() =>
    post(`/v1/checkout/sessions/${session.id}`, { "metadata[seen]": "yes" }),
  );
  expect(result.type).toBe("success");
});

test("refuses a session that is not for an app's own page", async () => {
  const hosted = await open({ ui_mode: "embedded_page" });
  const sdk = stripe.initCheckoutElementsSdk({ clientSecret: hosted.client_secret });
  expect(await sdk.loadActions()).toMatchObject({
    type: "error",
    error: { message: expect.stringContaining("ui_mode 'elements'") },
  });
});
