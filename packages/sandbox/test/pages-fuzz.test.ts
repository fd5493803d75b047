import fc from "fast-check";
import type Stripe from "stripe";
import { beforeAll, describe, expect, it } from "vitest";
import { refusal } from "./connect.js";
import { type InProcess, sharedInProcess } from "./in-process.js";

/** What must never reach a page as it is. */
const hostile = `</title><script>alert("x")</script><img src=x onerror='alert(1)'>`;

type Opened = InProcess & { paths: string[]; words: string[] };

/** An account full of hostile names, and the address of every page that shows them. */
const furnish = async (): Promise<Opened> => {
  const opened = sharedInProcess();
  const { stripe } = opened;
  const customer = await stripe.customers.create({
    name: hostile,
    email: "ada@example.com",
    address: { line1: hostile, city: hostile, country: "DE" },
    metadata: { note: hostile },
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const product = await stripe.products.create({ name: hostile, description: hostile });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 1000,
    recurring: { interval: "month" },
    nickname: hostile,
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    description: hostile,
  });
  const configuration = await stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ["name", "address", "email", "phone"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, cancellation_reason: { enabled: true, options: ["other"] } },
      subscription_pause: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price", "quantity", "promotion_code"],
        products: [{ product: product.id, prices: [price.id] }],
      },
    },
  });
  const portal = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
    return_url: "https://app.test/account",
  });
  const order: Omit<Stripe.Checkout.SessionCreateParams, "return_url" | "success_url" | "ui_mode"> = {
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    custom_text: { submit: { message: hostile }, after_submit: { message: hostile } },
    custom_fields: [{ key: "team", label: { custom: hostile.slice(0, 50), type: "custom" }, type: "text" }],
    metadata: { note: hostile },
  };
  const hosted = await stripe.checkout.sessions.create({ ...order, success_url: "https://app.test/ok" });
  const embedded = await stripe.checkout.sessions.create({
    ...order,
    ui_mode: "embedded_page",
    return_url: "https://app.test/ok",
  });
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: price.id, quantity: 1 }],
    inactive_message: hostile,
    after_completion: {
      type: "hosted_confirmation",
      hosted_confirmation: { custom_message: hostile },
    },
  });
  const off = await stripe.paymentLinks.create({
    line_items: [{ price: price.id, quantity: 1 }],
    inactive_message: hostile,
  });
  await stripe.paymentLinks.update(off.id, { active: false });
  const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice));
  const intent = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_authenticationRequired",
    return_url: "https://app.test/back",
  });
  const urls = [portal.url, hosted.url, link.url, off.url, invoice.hosted_invoice_url].map(
    (url) => new URL(url ?? "").pathname,
  );
  const [home = "", checkout = "", bought = ""] = urls;
  const steps = [
    ...["cancel", "pause", "switch", "keep", "renew", "stay"].map((step) => `${step}/${subscription.id}`),
    `switch/${subscription.id}/${price.id}`,
    "card",
    "details",
    "done",
  ];
  const paths = [
    ...urls,
    ...steps.map((step) => `${home}/${step}`),
    `${checkout}/order`,
    `/embedded-checkout/${embedded.client_secret}`,
    `/embedded-checkout/${embedded.client_secret}/order`,
    `${bought}/done`,
    `/3ds/${intent.id}`,
    "/r/test_x",
  ];
  return { ...opened, paths, words: [customer.id, subscription.id, price.id, intent.id, hosted.id] };
};

let opened: Opened;

beforeAll(async () => {
  opened = await furnish();
});

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  opened.sandbox.fetch(new Request(new URL(path, opened.sandbox.url), init));

describe("the hosted pages", () => {
  it("write what people typed as text, never as markup", async () => {
    const shown: string[] = [];
    for (const path of opened.paths) {
      const html = await (await ask(path)).text();
      expect([path, html.includes('<script>alert("x")'), html.includes("<img")]).toEqual([
        path,
        false,
        false,
      ]);
      if (html.includes("&lt;script&gt;alert")) shown.push(path);
    }
    // Otherwise the names were on no page, and nothing was shown to be safe.
    expect(shown.length).toBeGreaterThan(8);
  });

  it("answer whatever is sent to them without a 5xx", async () => {
    const names = [
      "email",
      "number",
      "expiry",
      "cvc",
      "name",
      "code",
      "quantity",
      "outcome",
      "feedback",
      "country",
    ];
    const value = fc.oneof(
      fc.constantFrom("", "4242424242424242", "12 / 40", "123", "-1", "1e9", "NaN", hostile, "succeed", "ZZ"),
      fc.constantFrom(...opened.words),
      fc.string({ unit: "binary", maxLength: 30 }),
    );
    const piece = fc.oneof(
      fc.constantFrom("__proto__", "constructor", "%00", "..", "done", "%F0"),
      fc.webSegment(),
    );
    const request = fc.record({
      method: fc.constantFrom("GET", "POST", "POST", "PUT", "HEAD", "DELETE"),
      path: fc.constantFrom(...opened.paths),
      tail: fc.oneof({ weight: 4, arbitrary: fc.constant("") }, piece),
      swap: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, piece),
      query: fc.dictionary(
        fc.constantFrom("back", "failed", "saved", "done", "quantity", "code", "locale"),
        value,
      ),
      body: fc.dictionary(fc.constantFrom(...names), value),
      type: fc.constantFrom(
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data",
        "x",
      ),
      language: fc.constantFrom("de", "ja;q=2", "*", "-", "x-y-z, en", ""),
    });
    const runs = Number(process.env.FUZZ_RUNS ?? 200);
    const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);
    const faults = new Set<string>();
    for (const { method, path, tail, swap, query, body, type, language } of fc.sample(request, {
      numRuns: runs,
      seed,
    })) {
      const parts = path.split("/");
      if (swap !== undefined) parts[parts.length - 1] = swap;
      const address = `${[...parts, ...(tail === "" ? [] : [tail])].join("/")}?${new URLSearchParams(query)}`;
      const sent =
        method === "POST" || method === "PUT" ? { body: new URLSearchParams(body).toString() } : {};
      const headers = { "content-type": type, "accept-language": language };
      const answer = await ask(address, { method, headers, ...sent }).catch((error: unknown) =>
        String(error),
      );
      if (typeof answer === "string" || answer.status >= 500)
        faults.add(
          `${method} ${address} ${JSON.stringify(body)} → ${typeof answer === "string" ? answer : answer.status}`,
        );
    }
    expect([...faults]).toEqual([]);
  }, 30_000);

  it("lead nowhere but to the web: other schemes are refused when they are given", async () => {
    const { stripe } = opened;
    const [customer = "", , price = ""] = opened.words;
    const line_items = [{ price, quantity: 1 }];
    for (const url of [
      "javascript:alert(1)",
      "data:text/html,x",
      "JavaScript://app.test/%0aalert(1)",
      "//app.test",
    ]) {
      const mode = "subscription" as const;
      const refused = await Promise.all([
        refusal(stripe.checkout.sessions.create({ mode, line_items, success_url: url })),
        refusal(
          stripe.checkout.sessions.create({
            mode,
            line_items,
            success_url: "https://a.test",
            cancel_url: url,
          }),
        ),
        refusal(
          stripe.checkout.sessions.create({ mode, line_items, ui_mode: "embedded_page", return_url: url }),
        ),
        refusal(stripe.billingPortal.sessions.create({ customer, return_url: url })),
        refusal(
          stripe.paymentLinks.create({
            line_items,
            after_completion: { type: "redirect", redirect: { url } },
          }),
        ),
      ]);
      expect([url, refused.map(({ code }) => code)]).toEqual([url, refused.map(() => "url_invalid")]);
    }
  });
});
