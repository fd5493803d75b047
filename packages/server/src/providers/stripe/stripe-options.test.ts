import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
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

  it.each([
    ["pk_test_1", /publishable/],
    ["pk_live_1", /publishable/],
    ["whsec_1", /the two are swapped/],
    ["ek_live_1", /ephemeral/],
    ["sk_org_live_1", /an organisation's key \(sk_org_…\), which is for no account/],
    ["sk_org_test_1", /an organisation's key/],
    ['"sk_live_1"', /quotes/],
    ["'sk_live_1", /quotes/],
    ["sk_live_1 # the live one", /a blank or a line break/],
    ["sk_live_1\nsk_live_2", /a blank or a line break/],
    ["sk_live_1\u0000", /a character that no key has/],
    ["sk_live_…", /a character that no key has/],
    [7, /a string/],
  ])("refuses %j as the secret key, in exact words that don't repeat it", (secretKey, words) => {
    const create = () => stripe({ secretKey: secretKey as string, webhookSecret });
    expect(create).toThrow(invalid(words));
    expect(create).toThrow(expect.objectContaining({ details: { option: "secretKey" } }));
    expect(create).not.toThrow(String(secretKey));
  });

  it.each([
    ["sk_live_1", /an API key/],
    ["rk_test_1", /an API key/],
    ["we_1Habc", /the endpoint's id/],
    ['"whsec_1"', /quotes/],
    ["whsec_1 whsec_2", /a blank or a line break/],
    [["whsec_1", 7], /a string/],
  ])("refuses %j as the webhook secret, in exact words", (wrong, words) => {
    const create = () => stripe({ secretKey: "sk_test_1", webhookSecret: wrong as string });
    expect(create).toThrow(invalid(words));
  });

  it.each([" sk_test_1", "sk_test_1\n", "\tsk_test_1\r\n", "\ufeffsk_test_1", "sk_test_1\u200b"])(
    "takes %j for the key that it is",
    async (secretKey) => {
      const sandbox = createSandbox({ secretKey: "sk_test_1" });
      const server = createServer(getRequestListener((request) => sandbox.fetch(request)));
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      const apiBase = ` http://127.0.0.1:${port}\n`;
      const provider = stripe({ secretKey, webhookSecret: " whsec_1\n", apiBase });
      expect([provider.mode, provider.missing]).toEqual(["test", []]);
      expect(await provider.readCheckout("cs_1")).toBeNull();
      const now = new Date();
      const timestamp = Math.floor(now.getTime() / 1000);
      const signature = Stripe.webhooks.generateTestHeaderString({
        payload: "{}",
        secret: "whsec_1",
        timestamp,
      });
      const headers = new Headers({ "stripe-signature": signature });
      const event = { body: new TextEncoder().encode("{}"), headers, now };
      await expect(provider.receiveEvent(event)).rejects.toMatchObject({ code: "invalid_event" });
      server.close().closeAllConnections();
    },
  );

  it.each(["sk_live_1", " sk_live_1", "rk_live_1\n", "something", "undefined", "sk_liveish_1", "SK_TEST_1"])(
    "never sends %j, which is not known to be a test key, anywhere but to Stripe",
    (secretKey) => {
      for (const apiBase of ["http://127.0.0.1:4242", "http://sandbox:4242", "https://api.example.com"])
        expect(() => stripe({ secretKey, webhookSecret, apiBase })).toThrow(invalid(/goes to Stripe only/));
    },
  );

  it.each(["localhost:4242", "ftp://x", "nonsense"])("refuses %j as apiBase", (apiBase) => {
    expect(() => stripe({ secretKey: "sk_test_1", webhookSecret, apiBase })).toThrow(invalid(/apiBase/));
  });

  it.each([
    ["", "whsec_1", ["secretKey"]],
    [undefined, undefined, ["secretKey", "webhookSecret"]],
    [undefined, [undefined, "whsec_1"], ["secretKey"]],
    [null as never, null as never, ["secretKey", "webhookSecret"]],
    [" \n", "\ufeff", ["secretKey", "webhookSecret"]],
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
