import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { getRequestListener } from "@hono/node-server";
import type { BillingProvider } from "@tollgate/core";
import { createSandbox, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { afterEach, describe, expect, it, vi } from "vitest";
import { stripe } from "../index.js";

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
  ])("knows from the key %j which mode it is in: %s", (secretKey, mode) => {
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
    "accepts %j as the key that it is",
    async (secretKey) => {
      const sandbox = createSandbox({ secretKey: "sk_test_1" });
      const server = createServer(getRequestListener((request) => sandbox.fetch(request)));
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      const apiBase = ` http://127.0.0.1:${port}\n`;
      const provider = stripe({ secretKey, webhookSecret: " whsec_1\n", apiBase });
      expect([provider.mode, provider.missing]).toEqual(["test", []]);
      expect(await provider.checkout.read("cs_1")).toBeNull();
      const now = new Date();
      const timestamp = Math.floor(now.getTime() / 1000);
      const signature = Stripe.webhooks.generateTestHeaderString({
        payload: "{}",
        secret: "whsec_1",
        timestamp,
      });
      const headers = new Headers({ "stripe-signature": signature });
      const event = { body: new TextEncoder().encode("{}"), headers, now };
      await expect(provider.events.receive(event)).rejects.toMatchObject({ code: "invalid_event" });
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
    await expect(provider.checkout.read("cs_1")).rejects.toEqual(invalid(/secretKey/));
    const event = { body: new Uint8Array(), headers: new Headers(), now: new Date() };
    await expect(provider.events.receive(event)).rejects.toEqual(invalid(/webhookSecret/));
  });
});

describe("what stripe() is not given", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("comes from the environment: both keys, and where requests go", async () => {
    const sandbox = await startSandbox({ secretKey: "sk_test_env", webhookSecret: "whsec_env" });
    vi.stubEnv("STRIPE_SECRET_KEY", " sk_test_env\n");
    vi.stubEnv("STRIPE_WEBHOOK_SECRET", "whsec_env");
    vi.stubEnv("STRIPE_API_BASE", sandbox.url);
    for (const provider of [stripe(), stripe({}), stripe({ timeout: 5_000 }), stripe().forApp("shop")]) {
      expect([provider.mode, provider.missing]).toEqual(["test", []]);
      expect(await provider.checkout.read("cs_1")).toBeNull();
    }
    await sandbox.close();
  });

  it("is missing where the environment has nothing either, or something empty", () => {
    vi.stubEnv("STRIPE_SECRET_KEY", undefined);
    vi.stubEnv("STRIPE_WEBHOOK_SECRET", "");
    expect(stripe().missing).toEqual(["secretKey", "webhookSecret"]);
  });

  it("is not looked up where something was given, even if empty: another account's key is no substitute", () => {
    vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_env");
    vi.stubEnv("STRIPE_WEBHOOK_SECRET", "whsec_env");
    expect(stripe({ secretKey: undefined, webhookSecret: undefined }).missing).toEqual([
      "secretKey",
      "webhookSecret",
    ]);
  });

  it("is refused like what is given, by the variable's name", () => {
    vi.stubEnv("STRIPE_SECRET_KEY", "pk_test_1");
    expect(() => stripe()).toThrow(invalid(/`secretKey` \(STRIPE_SECRET_KEY\) is a publishable key/));
    vi.stubEnv("STRIPE_SECRET_KEY", "sk_live_1");
    vi.stubEnv("STRIPE_API_BASE", "http://127.0.0.1:12111");
    expect(() => stripe()).toThrow(invalid(/live key goes to Stripe only.*unset STRIPE_API_BASE/));
    expect(() => stripe({ apiBase: undefined })).not.toThrow();
  });
});

describe("the sandbox's own key", () => {
  it("is refused without an address, instead of being sent to Stripe, with a word on what to set", async () => {
    const demo = await readFile(new URL("../../../../../../.ci/demo.mjs", import.meta.url), "utf8");
    const published = [createSandbox().secretKey, ...(demo.match(/sk_test_\w+/g) ?? [])];
    expect(published.length).toBeGreaterThan(1);
    for (const secretKey of published) {
      expect(() => stripe({ secretKey, webhookSecret })).toThrow(
        invalid(/sandbox's own key.*STRIPE_API_BASE/),
      );
      expect(() => stripe({ secretKey, webhookSecret, apiBase: " " })).toThrow(invalid(/sandbox's own key/));
      expect(() => stripe({ secretKey, webhookSecret, apiBase: "http://127.0.0.1:12111" })).not.toThrow();
    }
  });
});

describe("a request that is not answered as it should be", () => {
  const told = (provider: BillingProvider) =>
    provider.checkout.read("cs_1").then(
      () => ({}),
      (error: Error) => error,
    );

  it("names a stand-in's address to whoever runs it, but never the key", async () => {
    const provider = stripe({ secretKey: "sk_test_1", webhookSecret, apiBase: "http://127.0.0.1:1" });
    const error = await told(provider);
    const words = expect.stringContaining("Nothing listens at http://127.0.0.1:1. Start the sandbox there");
    expect(error).toMatchObject({ code: "provider_unavailable", message: words });
    expect(JSON.stringify(error)).not.toContain("127.0.0.1");
    expect(inspect(error, { depth: 9 })).not.toContain("sk_test_1");
  });

  it("says where a key is not known", async () => {
    const sandbox = await startSandbox();
    const provider = stripe({ secretKey: "sk_test_other", webhookSecret, apiBase: sandbox.url });
    const words = expect.stringContaining(`The secret key is not known at ${sandbox.url}`);
    expect(await told(provider)).toMatchObject({ code: "provider_rejected", message: words });
    await sandbox.close();
  });

  it("says that something else answers", async () => {
    const server = createServer((_, response) => response.end("<h1>My app</h1>"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const apiBase = `http://127.0.0.1:${port}`;
    const words = expect.stringContaining(`What answers at ${apiBase} is not Stripe's API`);
    expect(await told(stripe({ secretKey: "sk_test_1", webhookSecret, apiBase }))).toMatchObject({
      code: "provider_unavailable",
      message: words,
    });
    server.close().closeAllConnections();
  });
});
