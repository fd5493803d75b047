import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { chromiumLaunchOptions } from "../../../.config/chromium.js";
import { type Shop, startShop } from "./start-shop.js";

// A real browser beside a whole suite needs patience.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let shop: Shop;
let browser: Browser;
/** Somebody else's page, at any name that leads to this machine. */
let elsewhere: Server;
/** An address that no page may make the sandbox call. */
let intranet: Server;
let calls = 0;
let page: Page;
/** What the sandbox answered to the page. */
let answers: { what: string; status: number; body: string }[] = [];
const paths: Record<string, string> = {};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const listen = async (answer: string, called = () => {}): Promise<Server> => {
  const server = createServer((_, response) => {
    called();
    response.setHeader("content-type", "text/html").end(answer);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
};

beforeAll(async () => {
  const options = chromiumLaunchOptions();
  // What DNS rebinding does: the attacker's name leads to this machine.
  const rules = "--host-resolver-rules=MAP evil.test 127.0.0.1, MAP *.evil.test 127.0.0.1";
  [shop, browser, elsewhere, intranet] = await Promise.all([
    startShop({ log: () => undefined, settings: { portalSaved: true } }),
    chromium.launch({ ...options, args: [...(options.args ?? []), rules] }),
    listen("<!doctype html><title>Elsewhere</title>"),
    listen("", () => calls++),
  ]);
  const { stripe } = shop;
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  const { id: price } = await shop.price("Secret plan", 2900);
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price, quantity: 1 }],
    success_url: "http://localhost:3000/",
  });
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id });
  Object.assign(paths, {
    customer: `/v1/customers/${customer.id}`,
    checkout: new URL(session.url ?? "").pathname,
    portal: new URL(portal.url).pathname,
    object: `/dashboard/objects/customers/${customer.id}`,
  });
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  answers = [];
  page.on("response", async (response) => {
    if (new URL(response.url()).port !== new URL(shop.sandbox.url).port) return;
    const answer = { what: response.url(), status: response.status(), body: "" };
    answers.push(answer);
    answer.body = await response.text().catch(() => "");
  });
  return () => context.close();
});

afterAll(async () => {
  await browser.close();
  await shop.close();
  elsewhere.close();
  intranet.close();
});

/** Everything that a stranger could have changed. */
const state = async () => {
  const { stripe, sandbox } = shop;
  return {
    events: sandbox.events().length,
    customers: (await stripe.customers.list()).data.map(({ id }) => id),
    endpoints: (await stripe.webhookEndpoints.list()).data,
    chaos: await stripe.rawRequest("GET", "/v1/sandbox/chaos"),
  };
};

type Attack = { path: string; method?: string; body?: Record<string, string>; key?: string; mode?: string };

/** A script's way: what it could read, or that it could read nothing. */
const attack = (given: Attack): Promise<string> =>
  page.evaluate(
    async ({ url, method = "GET", body, key, mode }) => {
      try {
        const answer = await fetch(url, {
          method,
          mode: (mode ?? "cors") as RequestMode,
          ...(body ? { body: new URLSearchParams(body) } : {}),
          ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
        });
        const text = await answer.text();
        return answer.type === "opaque" || text === "" ? "nothing" : `${answer.status} ${text}`;
      } catch {
        return "nothing";
      }
    },
    { ...given, url: new URL(given.path, shop.sandbox.url).href },
  );

const secret = "sk_test_tollgate";
const publishable = "pk_test_tollgate";
const card = { type: "card", "card[token]": "tok_visa" };

const attacks: [string, () => Attack][] = [
  ["lists customers with the published key", () => ({ path: "/v1/customers", key: secret })],
  ["reads a customer by a key in the address", () => ({ path: `${paths.customer}?key=${secret}` })],
  [
    "creates a customer by a form without a preflight",
    () => ({ path: "/v1/customers", method: "POST", body: { key: secret, email: "eve@evil.test" } }),
  ],
  [
    "does so without asking to read the answer",
    () => ({ path: "/v1/customers", method: "POST", body: { key: secret }, mode: "no-cors" }),
  ],
  ["deletes a customer", () => ({ path: paths.customer ?? "", method: "DELETE", key: secret })],
  [
    "makes the sandbox call an internal address",
    () => ({
      path: "/v1/webhook_endpoints",
      method: "POST",
      mode: "no-cors",
      body: { key: secret, url: `http://127.0.0.1:${portOf(intranet)}/`, "enabled_events[]": "*" },
    }),
  ],
  [
    "switches chaos on",
    () => ({ path: "/v1/sandbox/chaos", method: "POST", body: { key: secret, drop: "1" } }),
  ],
  [
    "makes the dashboard forward events",
    () => ({
      path: "/dashboard/webhooks",
      method: "POST",
      mode: "no-cors",
      body: { url: `http://127.0.0.1:${portOf(intranet)}/` },
    }),
  ],
  ["reads the dashboard", () => ({ path: paths.object ?? "" })],
  ["reads a checkout page", () => ({ path: paths.checkout ?? "" })],
  ["reads a portal page", () => ({ path: paths.portal ?? "" })],
  [
    "sends a checkout page's form",
    () => ({ path: paths.checkout ?? "", method: "POST", mode: "no-cors", body: { email: "eve@evil.test" } }),
  ],
];

const strangers = ["evil.test", "127.0.0.1"];

test.each(strangers.flatMap((host) => attacks.map(([what, make]) => [host, what, make] as const)))(
  "a page at %s on another port gets nothing when it %s",
  async (host, _what, make) => {
    await page.goto(`http://${host}:${portOf(elsewhere)}/`);
    const before = await state();
    const got = await attack(make());
    // The developer's own pages may read why they were refused.
    expect(got).toMatch(host === "evil.test" ? /^nothing$/ : /^nothing$|^403 /);
    expect(answers.filter(({ status }) => status !== 403)).toEqual([]);
    expect(got).not.toContain("ada@example.com");
    expect(await state()).toEqual(before);
    await shop.sandbox.settled();
    expect(calls).toBe(0);
  },
);

test("a strange page gets nothing with the publishable key either", async () => {
  await page.goto(`http://evil.test:${portOf(elsewhere)}/`);
  expect(await attack({ path: "/v1/payment_methods", method: "POST", body: card, key: publishable })).toBe(
    "nothing",
  );
  const simple = { path: "/v1/payment_methods", method: "POST", body: { ...card, key: publishable } };
  expect(await attack(simple)).toBe("nothing");
  expect(answers.map(({ status }) => status)).not.toContain(200);
});

test("a page of the developer's own app works with the publishable key", async () => {
  await page.goto(`http://localhost:${portOf(elsewhere)}/`);
  const made = { path: "/v1/payment_methods", method: "POST", body: card };
  expect(await attack({ ...made, key: publishable })).toMatch(/^200 .*"object": "payment_method"/s);
  expect(await attack({ ...made, key: secret })).toMatch(/^403 .*publishable key/s);
});

test("a strange page can't include an answer or a script of the dashboard", async () => {
  await page.goto(`http://evil.test:${portOf(elsewhere)}/`);
  for (const path of [`/v1/customers?key=${secret}`, "/dashboard/dashboard.js", "/dashboard"]) {
    const outcome = await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          const script = Object.assign(document.createElement("script"), { src });
          script.onload = () => resolve("included");
          script.onerror = () => resolve("refused");
          document.head.append(script);
        }),
      `${shop.sandbox.url}${path}`,
    );
    expect(outcome).toBe("refused");
  }
});

test("a link to an address of the API with the key in it shows nothing", async () => {
  await page.goto(`http://evil.test:${portOf(elsewhere)}/`);
  await page.evaluate((href) => location.assign(href), `${shop.sandbox.url}/v1/customers?key=${secret}`);
  await page.waitForURL(/v1\/customers/);
  expect(await page.content()).not.toContain("ada@example.com");
});

test.each([
  "/",
  "/dashboard",
  "object",
  "checkout",
  "portal",
  `/v1/customers?key=${secret}`,
  "/endive/stripe.js",
])("a rebound name gets nothing of %s", async (name) => {
  const { port } = new URL(shop.sandbox.url);
  const path = paths[name] ?? name;
  for (const host of ["evil.test", "localhost.evil.test"]) {
    const answer = await page.goto(`http://${host}:${port}${path}`);
    expect(answer?.status()).toBe(403);
    expect(await page.content()).not.toMatch(/ada@example|Secret plan/);
  }
});

test("a rebound name's own script gets nothing, though everything shares one origin", async () => {
  const { port } = new URL(shop.sandbox.url);
  await page.goto(`http://evil.test:${port}/`);
  const before = await state();
  const origin = `http://evil.test:${port}`;
  for (const [, make] of attacks) {
    const given = make();
    const got = await attack({ ...given, path: `${origin}${given.path}` });
    expect(got).toMatch(/^403 /);
    expect(got).not.toContain("ada@example.com");
  }
  expect(answers.filter(({ status }) => status !== 403)).toEqual([]);
  expect(await state()).toEqual(before);
});
