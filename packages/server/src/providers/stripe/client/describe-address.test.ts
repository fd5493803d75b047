import Stripe from "stripe";
import { expect, it } from "vitest";
import { describeAddress } from "./describe-address.js";

const { StripeAPIError, StripeAuthenticationError, StripeConnectionError, StripeInvalidRequestError } =
  Stripe.errors;
const lost = (code: string) =>
  new StripeConnectionError({ detail: Object.assign(new Error("lost"), { code }) } as never);

it.each([
  [
    "nobody listening",
    lost("ECONNREFUSED"),
    /^Nothing listens at http:\/\/127\.0\.0\.1:12111\. Start the sandbox/,
  ],
  ["an unknown host", lost("ENOTFOUND"), /No such host is known: http:.*STRIPE_API_BASE/],
  ["a host that can't be looked up", lost("EAI_AGAIN"), /could not be looked up: http:/],
  ["silence", lost("ETIMEDOUT"), /no answer in time from http:/],
  ["a broken connection", lost("ECONNRESET"), /failed to http:.*npx @tollgate\/sandbox/],
  [
    "a key from another place",
    new StripeAuthenticationError({ statusCode: 401 } as never),
    /key is not known at http:.*--secret-key/,
  ],
  ["somebody else's server", new StripeAPIError({ message: "Invalid JSON" } as never), /not Stripe's API/],
])("names the address for %s, and says what to do", (_, error, words) => {
  const told = describeAddress(error, "http://user:hunter2@127.0.0.1:12111/v1?key=sk_test_1");
  expect(told).toMatch(words);
  expect(told).not.toMatch(/hunter2|user|sk_test/);
});

it.each([
  ["nobody listening", lost("ECONNREFUSED"), /https:\/\/api\.stripe\.com.*reach the internet/],
  [
    "a wrong key",
    new StripeAuthenticationError({ statusCode: 401 } as never),
    /https:\/\/api\.stripe\.com.*dashboard/,
  ],
])("names Stripe's own for %s", (_, error, words) => {
  expect(describeAddress(error, null)).toMatch(words);
});

it.each([
  ["a refusal", new StripeInvalidRequestError({ statusCode: 400 } as never)],
  ["a failure of theirs", new StripeAPIError({ statusCode: 500 } as never)],
])("says nothing about it for %s", (_, error) => {
  expect(describeAddress(error, "http://127.0.0.1:12111")).toBeNull();
});
