import type { BillingProvider } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { provider as moving } from "../../test/recipes/moving.js";
import { createBilling } from "../index.js";
import { stripe } from "../providers/stripe/index.js";
import { memory } from "../stores/memory/memory.js";

const webhookSecret = "whsec_Qm9yZGVhdXhfbm90X2Ffd29yZF8x";
const create = (provider: unknown, more: object = {}) =>
  createBilling({
    plans: buildCatalog(),
    store: memory({ inProduction: true }),
    appUrl: "https://app.example.com",
    identify: () => ({ id: "ada", role: "manager" }) as const,
    provider: provider as BillingProvider,
    logger: { error() {}, warn() {}, info() {} },
    ...more,
  });
const account = (id: string | undefined, secretKey = `sk_test_${id}`) =>
  stripe({ ...(id !== undefined && { id }), secretKey, webhookSecret });
const refusal = (message: RegExp) =>
  expect.objectContaining({ code: "invalid_options", message: expect.stringMatching(message) });

afterEach(() => vi.unstubAllEnvs());

describe("the providers of a list", () => {
  it.each<[string, unknown, RegExp]>([
    ["nobody", [], /`provider` is an empty list: the first provider of it sells/],
    ["what is not there", [account("one"), undefined], /`provider` is missing/],
    ["nothing at all", undefined, /`provider` is missing/],
    [
      "two of one id",
      [account(undefined, "sk_test_1"), account(undefined, "sk_test_2")],
      /has two with the id "stripe": give one of them another, such as stripe\(\{ id: "stripe-2" \}\)/,
    ],
    [
      "one account twice",
      [account("stripe-new", "sk_test_1"), account("stripe", "sk_test_1")],
      /has the same key for "stripe-new" and "stripe": each account is in the list once/,
    ],
    ["an id that is no step of a path", [{ ...account("one"), id: "a/b" }], /must have an `id` of 1 to 64/],
    ["an id that is not text", [{ ...account("one"), id: 7 }], /must have an `id` of 1 to 64/],
  ])("are not %s", (_, provider, message) => {
    expect(() => create(provider)).toThrow(refusal(message));
  });

  it("are those of the README", () => {
    expect(moving.map(({ id }) => id)).toEqual(["stripe-eu", "stripe"]);
    expect(() => create(moving)).not.toThrow();
  });

  it("may be several accounts, whose keys may still be missing", () => {
    expect(() => create([account("stripe-new"), account("stripe")])).not.toThrow();
    expect(() => create([account("stripe-new", ""), account("stripe", "")])).not.toThrow();
  });

  it.each([
    ["production", "sk_test_1", /`provider stripe-new` has a test key/],
    ["production", "unknown", /`provider stripe-new` has a secret key of an unknown kind/],
  ])("are each fit for %s: %s is not", (environment, secretKey, message) => {
    const list = [account("stripe", "sk_live_1"), account("stripe-new", secretKey)];
    expect(() => create(list, { environment })).toThrow(refusal(message));
    expect(() =>
      create([account("stripe", "sk_live_1"), account("stripe-new", "sk_live_2")], { environment }),
    ).not.toThrow();
  });

  it("each have their credentials in production, and all that are missing are named", async () => {
    const list = [
      stripe({ id: "stripe-new", secretKey: "", webhookSecret }),
      stripe({ secretKey: "sk_live_1", webhookSecret: "" }),
    ];
    const billing = create(list, { environment: "production" });
    await expect(billing.pushPlans()).rejects.toMatchObject({
      code: "invalid_options",
      message: expect.stringContaining(
        "secretKey (STRIPE_NEW_SECRET_KEY) and webhookSecret (STRIPE_WEBHOOK_SECRET)",
      ),
      details: { provider: "stripe-new", missing: ["secretKey"] },
    });
  });
});

describe("an account with a name of its own", () => {
  it.each([
    ["stripe", "STRIPE_"],
    ["stripe-old", "STRIPE_OLD_"],
    ["stripe-eu-2", "STRIPE_EU_2_"],
    ["old", "STRIPE_OLD_"],
  ])("%s reads %s…, and no other account's", (id, prefix) => {
    for (const name of ["STRIPE_", "STRIPE_OLD_", "STRIPE_EU_2_"]) {
      vi.stubEnv(`${name}SECRET_KEY`, name === prefix ? "sk_test_own" : "sk_live_anothers");
      vi.stubEnv(`${name}WEBHOOK_SECRET`, name === prefix ? webhookSecret : undefined);
      vi.stubEnv(`${name}API_BASE`, name === prefix ? "http://127.0.0.1:1" : undefined);
    }
    const provider = stripe({ id });
    expect(provider).toMatchObject({ id, mode: "test", missing: [] });
    vi.stubEnv(`${prefix}SECRET_KEY`, undefined);
    expect(stripe({ id }).missing).toEqual(["secretKey"]);
    expect(provider.variables).toEqual({
      secretKey: `${prefix}SECRET_KEY`,
      webhookSecret: `${prefix}WEBHOOK_SECRET`,
      apiBase: `${prefix}API_BASE`,
    });
  });

  it("is told which of its variables to set", async () => {
    const provider = stripe({ id: "stripe-old", secretKey: "", webhookSecret: "" });
    await expect(provider.customers.read("cus_1")).rejects.toThrow("Set STRIPE_OLD_SECRET_KEY");
    const receive = () => provider.events.verifyHeaders({ headers: new Headers(), now: new Date() });
    expect(receive).toThrow("Set STRIPE_OLD_WEBHOOK_SECRET");
    expect(() => stripe({ id: "stripe-old", secretKey: "pk_test_1" })).toThrow("(STRIPE_OLD_SECRET_KEY)");
    const away = stripe({ id: "stripe-old", secretKey: "sk_test_1", apiBase: "http://127.0.0.1:1" });
    await expect(away.customers.read("cus_1")).rejects.toThrow("STRIPE_OLD_API_BASE");
  });

  it.each(["", "Stripe", "stripe_old", "stripe/old", "-stripe", "stripe-", "ström", "x".repeat(33), 7])(
    "is not called %j",
    (id) => {
      expect(() => stripe({ id: id as string, secretKey: "sk_test_1", webhookSecret })).toThrow(
        refusal(/`id` must be 1 to 32 of a–z, 0–9 and -/),
      );
    },
  );
});
