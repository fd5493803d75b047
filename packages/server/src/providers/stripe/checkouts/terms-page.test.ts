import Stripe from "stripe";
import { expect, it } from "vitest";
import { createTermsPage } from "./terms-page.js";

const message =
  "You cannot collect consent to your terms of service unless a URL is set in the Stripe Dashboard.";
const refused = () =>
  Promise.reject(new Stripe.errors.StripeInvalidRequestError({ statusCode: 400, message } as never));

it("knows that there is none from a refusal to the next checkout that opens", async () => {
  const page = createTermsPage({ terms: true });
  expect(page.problems()).toEqual([]);
  await expect(page.watch(refused())).rejects.toMatchObject({ code: "invalid_options" });
  expect(page.problems()).toEqual([expect.stringContaining("https://dashboard.stripe.com/settings/public")]);
  expect(await page.watch(Promise.resolve("cs_1"))).toBe("cs_1");
  expect(page.problems()).toEqual([]);
});

it("leaves any other refusal as it is", async () => {
  const page = createTermsPage({ terms: true });
  await expect(page.watch(Promise.reject(new Error("No.")))).rejects.toThrow("No.");
  expect(page.problems()).toEqual([]);
});
