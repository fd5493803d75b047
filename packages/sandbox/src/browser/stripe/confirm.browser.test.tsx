import type { Stripe, StripeElements } from "@stripe/stripe-js";
import axe from "axe-core";
import { beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { mountPaymentElement } from "../../../test/mount-payment-element.js";
import { createSandbox } from "../../sandbox/create-sandbox.js";
import type { Sandbox } from "../../sandbox/sandbox.js";
import { createStripe } from "./create-stripe.js";

let sandbox: Sandbox;
let stripe: Stripe;
const navigate = vi.fn<(url: string) => void>();

beforeEach(() => {
  sandbox = createSandbox();
  navigate.mockReset();
  stripe = createStripe(sandbox.publishableKey, { apiBase: sandbox.url, fetch: sandbox.fetch, navigate });
});

/** What the app's server does: an intent, made with the secret key. */
async function createIntent(kind: "payment_intents" | "setup_intents"): Promise<string> {
  const response = await sandbox.fetch(
    new Request(`${sandbox.url}/v1/${kind}`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandbox.secretKey}` },
      body: new URLSearchParams(kind === "payment_intents" ? { amount: "2900", currency: "usd" } : {}),
    }),
  );
  const { client_secret: clientSecret } = (await response.json()) as { client_secret: string };
  return clientSecret;
}

async function mountFor(clientSecret: string): Promise<() => StripeElements> {
  const onReady = vi.fn();
  const { elements } = mountPaymentElement(stripe, { clientSecret }, { onReady });
  await vi.waitFor(() => expect(onReady).toHaveBeenCalled());
  return elements;
}

/** Fills the form with the card behind a chip, and pays in place. */
async function pay(chip: string) {
  const elements = await mountFor(await createIntent("payment_intents"));
  await page.getByRole("button", { name: chip }).click();
  return stripe.confirmPayment({ elements: elements(), redirect: "if_required" });
}

test("pays with a card that works", async () => {
  const { paymentIntent, error } = await pay("Succeeds");
  expect(error).toBeUndefined();
  expect(paymentIntent).toMatchObject({ object: "payment_intent", status: "succeeded", amount: 2900 });
});

test.each([
  ["Declined", { type: "card_error", code: "card_declined", decline_code: "generic_decline" }],
  ["Insufficient funds", { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" }],
  ["Fails later", { type: "card_error", code: "card_declined", decline_code: "generic_decline" }],
])("says why a payment with the card «%s» failed", async (chip, expected) => {
  const { paymentIntent, error } = await pay(chip);
  expect(paymentIntent).toBeUndefined();
  expect(error).toMatchObject(expected);
  expect(error?.message).toBeTruthy();
});

test("pays with 3-D Secure once the bank's step is completed", async () => {
  const result = pay("3-D Secure");
  const complete = page.getByRole("button", { name: "Complete authentication" });
  await expect.element(complete).toBeVisible();
  expect((await axe.run(document.body, { rules: { region: { enabled: false } } })).violations).toEqual([]);
  await complete.click();
  expect((await result).paymentIntent).toMatchObject({ status: "succeeded" });
  await expect.element(complete).not.toBeInTheDocument();
});

test("refuses the payment when the bank's step fails, and can be tried again", async () => {
  const elements = await mountFor(await createIntent("payment_intents"));
  await page.getByRole("button", { name: "3-D Secure" }).click();
  const result = stripe.confirmPayment({ elements: elements(), redirect: "if_required" });
  await page.getByRole("button", { name: "Fail authentication" }).click();
  expect((await result).error).toMatchObject({ code: "payment_intent_authentication_failure" });
  await page.getByRole("button", { name: "Succeeds" }).click();
  const again = await stripe.confirmPayment({ elements: elements(), redirect: "if_required" });
  expect(again.paymentIntent).toMatchObject({ status: "succeeded" });
});

test("takes Escape in the bank's step for a failure", async () => {
  const result = pay("3-D Secure");
  await expect.element(page.getByRole("button", { name: "Complete authentication" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect((await result).error).toMatchObject({ code: "payment_intent_authentication_failure" });
});

test("saves a card, at once or after the bank's step", async () => {
  const first = await mountFor(await createIntent("setup_intents"));
  await page.getByRole("button", { name: "Fails later" }).click();
  const saved = await stripe.confirmSetup({ elements: first(), redirect: "if_required" });
  expect(saved.setupIntent).toMatchObject({ object: "setup_intent", status: "succeeded" });
  expect(saved.setupIntent?.payment_method).toMatch(/^pm_/);
});

test("saves a 3-D Secure card after the bank's step, and not without it", async () => {
  const elements = await mountFor(await createIntent("setup_intents"));
  await page.getByRole("button", { name: "3-D Secure" }).click();
  const refused = stripe.confirmSetup({ elements: elements(), redirect: "if_required" });
  await page.getByRole("button", { name: "Fail authentication" }).click();
  expect((await refused).error).toMatchObject({ code: "setup_intent_authentication_failure" });
  const saved = stripe.confirmSetup({ elements: elements(), redirect: "if_required" });
  await page.getByRole("button", { name: "Complete authentication" }).click();
  expect((await saved).setupIntent).toMatchObject({ status: "succeeded" });
});

test("pays in a form that was there before its intent", async () => {
  const { elements } = mountPaymentElement(stripe, { mode: "subscription", amount: 2900, currency: "usd" });
  await page.getByRole("button", { name: "Succeeds" }).click();
  const clientSecret = await createIntent("payment_intents");
  const early = stripe.confirmPayment({ elements: elements(), clientSecret, redirect: "if_required" });
  await expect(early).rejects.toThrow("elements.submit() must be called");
  await elements().submit();
  const result = await stripe.confirmPayment({ elements: elements(), clientSecret, redirect: "if_required" });
  expect(result.paymentIntent).toMatchObject({ status: "succeeded" });
});

test("leaves for the return address with the intent and its outcome, unless told to stay", async () => {
  const clientSecret = await createIntent("payment_intents");
  const elements = await mountFor(clientSecret);
  await page.getByRole("button", { name: "Succeeds" }).click();
  void stripe.confirmPayment({
    elements: elements(),
    confirmParams: { return_url: "https://app.test/done?plan=pro" },
  });
  await vi.waitFor(() => expect(navigate).toHaveBeenCalled());
  const url = new URL(navigate.mock.calls[0]?.[0] ?? "");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    plan: "pro",
    payment_intent: clientSecret.split("_secret_")[0],
    payment_intent_client_secret: clientSecret,
    redirect_status: "succeeded",
  });
});

test("shows what is missing instead of asking the sandbox", async () => {
  const elements = await mountFor(await createIntent("payment_intents"));
  const { error } = await stripe.confirmPayment({ elements: elements(), redirect: "if_required" });
  expect(error).toMatchObject({ type: "validation_error", code: "incomplete_number" });
});

test("tells the page when the intent can't be loaded", async () => {
  const onLoadError = vi.fn();
  mountPaymentElement(stripe, { clientSecret: "pi_unknown_secret_unknown" }, { onLoadError });
  await vi.waitFor(() =>
    expect(onLoadError).toHaveBeenCalledWith(
      expect.objectContaining({
        elementType: "payment",
        error: expect.objectContaining({ type: "invalid_request_error" }),
      }),
    ),
  );
});

test("keeps the card number out of everything but the request", async () => {
  const { paymentIntent } = await pay("Succeeds");
  const kept = [
    JSON.stringify(paymentIntent),
    JSON.stringify(sandbox.events()),
    document.cookie,
    location.href,
  ];
  for (const text of [...kept, ...Object.values(localStorage), ...Object.values(sessionStorage)]) {
    expect(text).not.toContain("4242424242424242");
  }
});
