import axe from "axe-core";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { mountPaymentElement } from "../../../test/mount-payment-element.js";
import { createStripe } from "../stripe/create-stripe.js";

const stripe = createStripe("pk_test_tollgate", { apiBase: "http://sandbox.test", fetch: neverAsked });
const deferred = { mode: "payment", amount: 2900, currency: "usd" } as const;

function neverAsked(): Promise<Response> {
  return Promise.reject(new Error("A deferred form has nothing to ask before it is confirmed."));
}

const number = () => page.getByLabelText("Card number");

async function violations(node: Element): Promise<string[]> {
  const { violations: found } = await axe.run(node, { rules: { region: { enabled: false } } });
  return found.map((violation) => `${violation.id}: ${violation.nodes.map((each) => each.html).join(" ")}`);
}

test("mounts once under StrictMode, reports that it is ready, and leaves nothing behind", async () => {
  const onReady = vi.fn();
  const { container, unmount } = mountPaymentElement(stripe, deferred, { onReady });
  await expect.element(number()).toBeVisible();
  await vi.waitFor(() => expect(onReady).toHaveBeenCalledTimes(1));
  expect(container.querySelectorAll(".__PrivateStripeElement")).toHaveLength(1);
  unmount();
  expect(document.querySelector(".__PrivateStripeElement")).toBeNull();
});

test("mounts again after it was unmounted", async () => {
  const first = mountPaymentElement(stripe, deferred);
  await expect.element(number()).toBeVisible();
  first.unmount();
  mountPaymentElement(Promise.resolve(stripe), deferred);
  await expect.element(number()).toBeVisible();
});

test("formats what is typed and reports when it is complete", async () => {
  const onChange = vi.fn();
  mountPaymentElement(stripe, deferred, { onChange });
  await userEvent.type(number(), "4242424242424242");
  await userEvent.type(page.getByLabelText("Expiry"), "440");
  await userEvent.type(page.getByLabelText("CVC"), "1234");
  await userEvent.selectOptions(page.getByLabelText("Country"), "DE");
  await expect.element(number()).toHaveValue("4242 4242 4242 4242");
  await expect.element(page.getByLabelText("Expiry")).toHaveValue("04 / 40");
  await expect.element(page.getByLabelText("CVC")).toHaveValue("123");
  await vi.waitFor(() =>
    expect(onChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ complete: true, empty: false, value: { type: "card" } }),
    ),
  );
});

test("says in plain words what is wrong, next to the field, when it is submitted", async () => {
  const { elements } = mountPaymentElement(stripe, deferred);
  await userEvent.type(number(), "4242424242424241");
  const { error } = await elements().submit();
  expect(error).toMatchObject({ type: "validation_error", code: "invalid_number" });
  await expect.element(number()).toHaveAccessibleDescription(/card number is invalid/);
  await expect.element(page.getByLabelText("CVC")).toHaveAccessibleDescription(/security code is incomplete/);
  expect(number().element().matches(":focus")).toBe(true);
});

test("fills a test card in one click", async () => {
  const { elements } = mountPaymentElement(stripe, deferred);
  await page.getByRole("button", { name: "Succeeds" }).click();
  await expect.element(number()).toHaveValue("4242 4242 4242 4242");
  expect(await elements().submit()).toEqual({ selectedPaymentMethod: "card" });
});

test("shows the appearance that the page asks for, and follows it when it changes", async () => {
  const { container, rerender } = mountPaymentElement(stripe, {
    ...deferred,
    appearance: {
      variables: { colorBackground: "rgb(1, 2, 3)", colorText: "rgb(240, 241, 242)", borderRadius: "13px" },
    },
  });
  await expect.element(number()).toBeVisible();
  expect(getComputedStyle(number().element())).toMatchObject({
    backgroundColor: "rgb(1, 2, 3)",
    color: "rgb(240, 241, 242)",
    borderRadius: "13px",
  });
  rerender({ ...deferred, appearance: { rules: { ".Input": { borderWidth: "5px" } } } });
  await vi.waitFor(() => expect(getComputedStyle(number().element()).borderTopWidth).toBe("5px"));
  expect(container.querySelectorAll(".__PrivateStripeElement")).toHaveLength(1);
});

test("hides the billing fields that the page collects itself", async () => {
  mountPaymentElement(stripe, deferred, { options: { fields: { billingDetails: { address: "never" } } } });
  await expect.element(number()).toBeVisible();
  await expect.element(page.getByLabelText("Country")).not.toBeVisible();
  await expect.element(page.getByLabelText("Postal code")).not.toBeVisible();
});

test.each(["stripe", "night", "flat"] as const)(
  "has no accessibility violations in the %s theme",
  async (theme) => {
    const { container, elements } = mountPaymentElement(stripe, { ...deferred, appearance: { theme } });
    container.style.background = theme === "night" ? "#16161f" : "#ffffff";
    await expect.element(number()).toBeVisible();
    expect(await violations(container)).toEqual([]);
    await elements().submit();
    expect(await violations(container)).toEqual([]);
  },
);

test("refuses what it does not simulate, in words", async () => {
  await expect(stripe.createToken("pii", { personal_id_number: "000000000" })).rejects.toThrow(
    "createToken() is not simulated",
  );
  expect(() => stripe.elements(deferred).create("card")).toThrow("'card' is not simulated");
});

test("refuses a secret key", () => {
  expect(() => createStripe("sk_test_tollgate", { apiBase: "http://sandbox.test" })).toThrow(
    "Never put a secret key",
  );
});
