import { describe, expect, it } from "vitest";
import { stripe } from "./index.js";

const webhookSecret = "whsec_x";
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: "invalid_options", message: expect.stringMatching(message) });

describe("stripe()", () => {
  it.each([
    ["sk_test_1", "test"],
    ["rk_test_1", "test"],
    ["sk_live_1", "live"],
    ["rk_live_1", "live"],
    ["", "unknown"],
    ["something", "unknown"],
  ])("knows by the key %j which mode it is in: %s", (secretKey, mode) => {
    expect(stripe({ secretKey, webhookSecret }).mode).toBe(mode);
  });

  it("refuses a publishable key", () => {
    expect(() => stripe({ secretKey: "pk_test_1", webhookSecret })).toThrow(invalid(/publishable/));
  });

  it("never sends a live key anywhere but to Stripe", () => {
    const apiBase = "http://127.0.0.1:4242";
    expect(() => stripe({ secretKey: "sk_live_1", webhookSecret, apiBase })).toThrow(invalid(/live key/));
  });

  it.each(["localhost:4242", "ftp://x", "nonsense"])("refuses %j as apiBase", (apiBase) => {
    expect(() => stripe({ secretKey: "sk_test_1", webhookSecret, apiBase })).toThrow(invalid(/apiBase/));
  });

  it.each([
    ["", "whsec_1", ["secretKey"]],
    ["sk_test_1", "", ["webhookSecret"]],
    ["sk_test_1", [], ["webhookSecret"]],
    ["sk_test_1", ["", " "], ["webhookSecret"]],
    ["sk_test_1", ["", "whsec_1"], []],
    ["", "", ["secretKey", "webhookSecret"]],
  ])("given %j and %j, misses %j", (secretKey, webhookSecret, missing) => {
    expect(stripe({ secretKey, webhookSecret }).missing).toEqual(missing);
  });

  it("says what is missing when it is first needed, so that a build without secrets works", async () => {
    const provider = stripe({ secretKey: "", webhookSecret: "", apiBase: "" });
    await expect(provider.readCheckout("cs_1")).rejects.toEqual(invalid(/secretKey/));
    const event = { body: new Uint8Array(), headers: new Headers(), now: new Date() };
    await expect(provider.receiveEvent(event)).rejects.toEqual(invalid(/webhookSecret/));
  });
});

describe("a request to Stripe", () => {
  it("that nobody answers is provider_unavailable", async () => {
    const provider = stripe({ secretKey: "sk_test_1", webhookSecret, apiBase: "http://127.0.0.1:1" });
    await expect(provider.readCheckout("cs_1")).rejects.toMatchObject({
      code: "provider_unavailable",
      message: expect.not.stringContaining("127.0.0.1"),
      cause: expect.anything(),
    });
  });
});
