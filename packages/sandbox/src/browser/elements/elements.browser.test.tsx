import {
  AddressElement,
  ExpressCheckoutElement,
  LinkAuthenticationElement,
  PaymentElement,
} from "@stripe/react-stripe-js";
import type { Stripe, StripeExpressCheckoutElementConfirmEvent } from "@stripe/stripe-js";
import axe from "axe-core";
import { beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { askAsServer, mountElements } from "../../../test/mount-elements.js";
import { createSandbox } from "../../sandbox/create-sandbox.js";
import type { Sandbox } from "../../sandbox/sandbox.js";
import { createStripe } from "../stripe/create-stripe.js";

type Intent = {
  id: string;
  client_secret: string;
  status: string;
  payment_method: string;
  shipping: { name: string; address: Record<string, string> } | null;
  setup_future_usage: string | null;
};
type Method = { id: string; billing_details: Record<string, unknown>; allow_redisplay: string };

let sandbox: Sandbox;
let stripe: Stripe;

beforeEach(() => {
  sandbox = createSandbox();
  stripe = createStripe(sandbox.publishableKey, { apiBase: sandbox.url, fetch: sandbox.fetch });
});

const post = <T,>(path: string, params: Record<string, string>): Promise<T> =>
  askAsServer<T>(sandbox, path, params);
const createIntent = (more: Record<string, string> = {}): Promise<Intent> =>
  post("/v1/payment_intents", { amount: "2900", currency: "usd", ...more });
const methodOf = (intent: Intent): Promise<Method> =>
  askAsServer(sandbox, `/v1/payment_methods/${intent.payment_method}`);
const read = (intent: Intent): Promise<Intent> => askAsServer(sandbox, `/v1/payment_intents/${intent.id}`);

async function violations(node: Element): Promise<string[]> {
  const { violations: found } = await axe.run(node, { rules: { region: { enabled: false } } });
  return found.map((violation) => `${violation.id}: ${violation.nodes.map((each) => each.html).join(" ")}`);
}

/** A customer with a card that may be shown again, and the session that lets a page use it. */
async function returningCustomer(): Promise<{ customer: string; secret: string; card: string }> {
  const { id: customer } = await post<{ id: string }>("/v1/customers", { email: "ada@example.com" });
  const { id: card } = await post<Method>("/v1/payment_methods/pm_card_visa/attach", { customer });
  await post(`/v1/payment_methods/${card}`, { allow_redisplay: "always" });
  const features = "components[payment_element][features]";
  const { client_secret: secret } = await post<{ client_secret: string }>("/v1/customer_sessions", {
    customer,
    "components[payment_element][enabled]": "true",
    [`${features}[payment_method_redisplay]`]: "enabled",
    [`${features}[payment_method_remove]`]: "enabled",
    [`${features}[payment_method_save]`]: "enabled",
    [`${features}[payment_method_save_usage]`]: "off_session",
  });
  return { customer, secret, card };
}

test("fills in addresses from their elements: the payer's, and where goods are sent", async () => {
  const intent = await createIntent();
  const onChange = vi.fn();
  const berlin = { line1: "Unter den Linden 1", city: "Berlin", postal_code: "10117", country: "DE" };
  const { container, elements } = await mountElements(
    stripe,
    { clientSecret: intent.client_secret },
    <>
      <LinkAuthenticationElement options={{ defaultValues: { email: "ada@example.com" } }} />
      <AddressElement options={{ mode: "billing", defaultValues: { name: "Ada", address: berlin } }} />
      <AddressElement options={{ mode: "shipping" }} onChange={onChange} />
      <PaymentElement />
    </>,
  );
  await page.getByRole("button", { name: "Succeeds" }).click();
  const form = page.getByRole("group", { name: "Shipping address" });
  const { error } = await elements.submit();
  expect(error).toMatchObject({ type: "validation_error", code: "incomplete_address" });
  await userEvent.selectOptions(form.getByLabelText("Country"), "US");
  await userEvent.fill(form.getByLabelText("Full name"), "Bob");
  await userEvent.fill(form.getByLabelText("Address line 1"), "1 Main St");
  await userEvent.fill(form.getByLabelText("City"), "Springfield");
  await userEvent.fill(form.getByLabelText("State"), "IL");
  await userEvent.fill(form.getByLabelText("Postal code"), "62701");
  await vi.waitFor(() =>
    expect(onChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ complete: true, elementMode: "shipping" }),
    ),
  );
  expect(await violations(container)).toEqual([]);
  await stripe.confirmPayment({ elements, redirect: "if_required" });
  const paid = await read(intent);
  expect(paid).toMatchObject({ status: "succeeded", shipping: { name: "Bob", address: { state: "IL" } } });
  expect((await methodOf(paid)).billing_details).toMatchObject({
    name: "Ada",
    email: "ada@example.com",
    address: { city: "Berlin", country: "DE" },
  });
});

test("pays with a saved card, and removes it", async () => {
  const { card, customer, secret } = await returningCustomer();
  const intent = await createIntent({ customer });
  const onRemove = vi.fn();
  const { container, elements } = await mountElements(
    stripe,
    { clientSecret: intent.client_secret, customerSessionClientSecret: secret },
    <PaymentElement onSavedPaymentMethodRemove={onRemove} />,
  );
  await expect.element(page.getByRole("radio", { name: /Visa ending in 4242/ })).toBeChecked();
  expect(await violations(container)).toEqual([]);
  const { paymentIntent } = await stripe.confirmPayment({ elements, redirect: "if_required" });
  expect(paymentIntent).toMatchObject({ status: "succeeded", payment_method: card });
  await page.getByRole("button", { name: /Remove Visa/ }).click();
  await vi.waitFor(() =>
    expect(onRemove).toHaveBeenCalledWith(
      expect.objectContaining({ success: true, payment_method: expect.objectContaining({ id: card }) }),
    ),
  );
  await expect.element(page.getByLabelText("Card number")).toBeVisible();
});

test("saves a new card only if the customer ticks the box", async () => {
  const { customer, secret } = await returningCustomer();
  const intent = await createIntent({ customer });
  const { elements } = await mountElements(
    stripe,
    { clientSecret: intent.client_secret, customerSessionClientSecret: secret },
    <PaymentElement />,
  );
  await page.getByRole("tab", { name: "Card", exact: true }).click();
  await page.getByRole("button", { name: "Succeeds" }).click();
  await page.getByRole("checkbox", { name: /Save payment details/ }).click();
  await stripe.confirmPayment({ elements, redirect: "if_required" });
  const paid = await read(intent);
  expect(paid).toMatchObject({ status: "succeeded", setup_future_usage: "off_session" });
  expect(await methodOf(paid)).toMatchObject({ allow_redisplay: "always", customer });
});

test("debits a bank account where the intent allows it, in the order that the page asks for", async () => {
  const intent = await createIntent({
    "allowed_payment_method_types[0]": "card",
    "allowed_payment_method_types[1]": "us_bank_account",
  });
  const { container, elements } = await mountElements(
    stripe,
    { clientSecret: intent.client_secret },
    <PaymentElement options={{ layout: "accordion", paymentMethodOrder: ["us_bank_account", "card"] }} />,
  );
  const bank = page.getByRole("button", { name: "US bank account" });
  await expect.element(bank).toHaveAttribute("aria-expanded", "true");
  expect((await elements.submit()).error).toMatchObject({ code: "incomplete_name" });
  await page.getByRole("button", { name: "Succeeds" }).click();
  expect(await violations(container)).toEqual([]);
  const { paymentIntent } = await stripe.confirmPayment({ elements, redirect: "if_required" });
  expect(paymentIntent).toMatchObject({ status: "processing" });
});

test("collapses, and asks for a choice", async () => {
  const types = ["card", "sepa_debit"];
  const options = {
    mode: "payment",
    amount: 2900,
    currency: "eur",
    allowedPaymentMethodTypes: types,
  } as const;
  const onChange = vi.fn();
  const { elements } = await mountElements(stripe, options, <PaymentElement onChange={onChange} />);
  await expect.element(page.getByRole("tab", { name: "SEPA Direct Debit" })).toBeVisible();
  elements.getElement("payment")?.collapse();
  await vi.waitFor(() =>
    expect(onChange).toHaveBeenLastCalledWith(expect.objectContaining({ collapsed: true })),
  );
  expect((await elements.submit()).error).toMatchObject({ code: "incomplete_payment_details" });
  await page.getByRole("tab", { name: "Card" }).click();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(page.getByLabelText("IBAN")).toBeVisible();
});

test("pays with a wallet, with what the page wants to know about its owner", async () => {
  const intent = await createIntent();
  const onReady = vi.fn();
  let seen: StripeExpressCheckoutElementConfirmEvent | undefined;
  let group: Parameters<Stripe["confirmPayment"]>[0]["elements"];
  const rates = [{ id: "fast", amount: 500, displayName: "Fast" }];
  const { container, elements } = await mountElements(
    stripe,
    { mode: "payment", amount: 2900, currency: "usd" },
    <ExpressCheckoutElement
      onReady={onReady}
      onClick={({ resolve }) =>
        resolve({ emailRequired: true, shippingAddressRequired: true, shippingRates: rates })
      }
      onShippingAddressChange={({ resolve }) =>
        resolve({
          lineItems: [
            { name: "Pro", amount: 2900 },
            { name: "Fast", amount: 500 },
          ],
        })
      }
      onConfirm={async (event) => {
        seen = event;
        await group?.submit();
        if (group)
          await stripe.confirmPayment({
            elements: group,
            clientSecret: intent.client_secret,
            redirect: "if_required",
            confirmParams: {},
          } as never);
      }}
    />,
  );
  group = elements;
  await vi.waitFor(() =>
    expect(onReady).toHaveBeenCalledWith(
      expect.objectContaining({ availablePaymentMethods: expect.objectContaining({ googlePay: true }) }),
    ),
  );
  expect(await violations(container)).toEqual([]);
  await page.getByRole("button", { name: "Pay with Google Pay" }).click();
  await expect.element(page.getByRole("button", { name: "Pay $34.00" })).toBeVisible();
  expect(await violations(document.body)).toEqual([]);
  await page.getByRole("button", { name: "Pay $34.00" }).click();
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  expect(seen).toMatchObject({
    expressPaymentType: "google_pay",
    billingDetails: { email: "wallet@example.com" },
    shippingRate: { id: "fast" },
  });
  expect(await read(intent)).toMatchObject({ status: "succeeded", shipping: { name: "Test Customer" } });
});

test("tells a page that the wallet was closed, and opens none that the page rejects", async () => {
  const onCancel = vi.fn();
  const { elements } = await mountElements(
    stripe,
    { mode: "payment", amount: 2900, currency: "usd" },
    <ExpressCheckoutElement
      options={{ paymentMethods: { link: "never" } }}
      onConfirm={() => undefined}
      onCancel={onCancel}
    />,
  );
  expect(page.getByRole("button", { name: "Pay with Link" }).query()).toBeNull();
  await page.getByRole("button", { name: "Pay with Apple Pay" }).click();
  await userEvent.keyboard("{Escape}");
  await vi.waitFor(() => expect(onCancel).toHaveBeenCalledTimes(1));
  elements.getElement("expressCheckout")?.on("click", ({ reject }) => reject());
  await page.getByRole("button", { name: "Pay with Apple Pay" }).click();
  expect(page.getByRole("dialog").query()).toBeNull();
});

test("hands a server a confirmation token to confirm with", async () => {
  const { elements } = await mountElements(
    stripe,
    { mode: "payment", amount: 2900, currency: "usd" },
    <PaymentElement />,
  );
  await page.getByRole("button", { name: "Succeeds" }).click();
  await elements.submit();
  const { confirmationToken, error } = await stripe.createConfirmationToken({ elements });
  expect(error).toBeUndefined();
  expect(confirmationToken).toMatchObject({ payment_method_preview: { card: { last4: "4242" } } });
  const paid = await createIntent({ confirm: "true", confirmation_token: confirmationToken?.id ?? "" });
  expect(paid.status).toBe("succeeded");
});

test("floats labels and joins inputs as the appearance says", async () => {
  const appearance = { labels: "floating", inputs: "condensed", disableAnimations: true } as const;
  const options = { mode: "payment", amount: 2900, currency: "usd" } as const;
  const { container, elements } = await mountElements(stripe, { ...options, appearance }, <PaymentElement />);
  const number = page.getByLabelText("Card number").element();
  const expiry = page.getByLabelText("Expiry").element();
  const label = container.querySelector(".__PrivateStripeElement")?.shadowRoot?.querySelector(".Label");
  expect(getComputedStyle(label ?? number).position).toBe("absolute");
  expect(getComputedStyle(number).transitionDuration).toBe("0s");
  expect(expiry.getBoundingClientRect().top).toBeLessThanOrEqual(number.getBoundingClientRect().bottom);
  await elements.update({ appearance: { variables: { spacingUnit: "8px", fontFamily: "Georgia" } } });
  await vi.waitFor(() => expect(getComputedStyle(number).paddingLeft).toBe("24px"));
  expect(getComputedStyle(number).fontFamily).toBe("Georgia");
  expect(getComputedStyle(label ?? number).position).toBe("static");
});

test("speaks the language that the page asks for, and another one when asked", async () => {
  const options = { mode: "payment", amount: 2900, currency: "usd", locale: "de" } as const;
  const { elements } = await mountElements(stripe, options, <PaymentElement />);
  await expect.element(page.getByLabelText("Kartennummer")).toBeVisible();
  expect((await elements.submit()).error?.message).toBe("Geben Sie Ihre Kartennummer ein.");
  await elements.update({ locale: "fr" });
  await expect.element(page.getByLabelText("Numéro de carte")).toBeVisible();
});
