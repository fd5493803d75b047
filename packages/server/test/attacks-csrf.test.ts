import type { Store } from "@tollgate/core";
import { type RouteKey, splitKey } from "@tollgate/core/contract";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { everyRoute, getRoutes, postRoutes } from "./attack-routes.js";
import { appUrl } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

let world: World;
let store: Store;
let user: string;

beforeAll(async () => {
  store = memory();
  await store.migrate();
  world = await openWorld({ store });
});
afterAll(() => world.close());
beforeEach(() => {
  user = newUser();
  world.tick(60);
});

/** Posts what a page could make the browser of a signed-in person post. */
async function post(
  path: string,
  body: unknown,
  headers: Record<string, string | undefined>,
  method = "POST",
) {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const request = new Request(`${appUrl}/api/billing${path}`, {
    method,
    headers: { "x-user": user, ...Object.fromEntries(given) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  // When it is given no type, `Request` says text/plain, as a browser does.
  const response = await world.billing.handler(request);
  return { status: response.status, code: (await response.json()).error?.code };
}

async function expectNothingMade(): Promise<void> {
  expect(await store.findCustomer(user, "stripe")).toBeNull();
  expect(world.events(user)).toEqual([]);
}

test.each([
  ["no type", undefined],
  ["a form", "application/x-www-form-urlencoded"],
  ["a form with files", "multipart/form-data; boundary=x"],
  ["plain text", "text/plain"],
  ["plain text that says JSON", "text/plain; application/json"],
  ["JSON behind a comma", "text/plain, application/json"],
  ["JSON before a comma", "application/json, text/plain"],
  ["a kind of JSON", "application/ld+json"],
  ["JSON's older name", "text/json"],
  ["a longer name", "application/jsonp"],
  ["an empty type", ""],
])("a body sent as %s, which a form on another site could send, is refused", async (_name, type) => {
  for (const { path, body } of postRoutes) {
    const refused = { status: 415, code: "unsupported_media_type" };
    expect(await post(path, body, { "content-type": type })).toEqual(refused);
  }
  await expectNothingMade();
});

test.each([
  ["another site", "https://evil.example", "cross-site"],
  ["another site in an older browser", "https://evil.example", undefined],
  ["another site that says same-site", "https://evil.example", "same-site"],
  ["a sibling that is not allowed", "https://blog.example.com", "same-site"],
  ["a sibling in an older browser", "https://blog.example.com", undefined],
  ["a host that starts like ours", "https://app.example.com.evil.example", "cross-site"],
  ["a host that ends like ours", "https://evilapp.example.com", "cross-site"],
  ["our host without TLS", "http://app.example.com", "cross-site"],
  ["our host on another port", "https://app.example.com:8443", "same-site"],
  ["a sandboxed frame or a file", "null", "cross-site"],
  ["a sandboxed frame in an older browser", "null", undefined],
  ["another site that hides where it is", undefined, "cross-site"],
  ["a sibling that hides where it is", undefined, "same-site"],
  ["an empty origin", "", undefined],
  ["two origins", "https://app.example.com, https://evil.example", undefined],
  ["our origin with a path", "https://app.example.com/evil", undefined],
  ["our origin in capitals", "HTTPS://APP.EXAMPLE.COM", undefined],
  ["a value of Sec-Fetch-Site that is none", undefined, "same-origin-ish"],
])("a request from %s is refused", async (_name, origin, site) => {
  const headers = { "content-type": "application/json", origin, "sec-fetch-site": site };
  for (const { path, body } of postRoutes) {
    expect(await post(path, body, headers)).toEqual({ status: 403, code: "cross_origin" });
  }
  // What takes no body takes no type either.
  for (const { path, method } of everyRoute.filter((one) => one.method === "DELETE")) {
    expect(await post(path, undefined, headers, method)).toEqual({ status: 403, code: "cross_origin" });
  }
  await expectNothingMade();
});

test.each([
  ["the app's own page", appUrl, "same-origin"],
  ["the app's own page in an older browser", appUrl, undefined],
  ["the app's own server", undefined, undefined],
])("a request from %s passes", async (_name, origin, site) => {
  const headers = { "content-type": "application/json", origin, "sec-fetch-site": site };
  expect((await post("/checkout", { planId: "starter", interval: "month" }, headers)).status).toBe(200);
});

test("refuses before it asks who it is, so that nothing depends on the session", async () => {
  let asked = 0;
  const billing = world.instance({
    store,
    identify: () => {
      asked += 1;
      return { id: user, role: "manager" };
    },
  });
  for (const headers of [{ "content-type": "text/plain" }, { origin: "https://evil.example" }]) {
    for (const { path, body } of postRoutes) await world.call("POST", path, { body, headers, billing });
  }
  expect(asked).toBe(0);
});

/** Whether a route answers at a path: `/payment-methods/:id` does at `/payment-methods/checkout`, too. */
function isAt(key: RouteKey, path: string): boolean {
  const pattern = splitKey(key).path.replaceAll(/:\w+/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(path);
}

test("no GET, HEAD or OPTIONS spends, and no other method is one of ours", async () => {
  for (const { path, body = {} } of everyRoute) {
    const ours = everyRoute.filter((one) => isAt(one.key, path)).map(({ method }) => method);
    const allow = ours.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    const others = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"].filter((one) => !allow.includes(one));
    for (const method of others) {
      const query = new URLSearchParams(Object.entries(body)).toString();
      const request = new Request(`${appUrl}/api/billing${path}?${query}`, {
        method,
        headers: { "x-user": user, "x-http-method-override": "POST" },
      });
      const response = await world.billing.handler(request);
      expect([response.status, response.headers.get("allow")]).toEqual([405, allow.join(", ")]);
    }
  }
  await expectNothingMade();
});

test("a preflight is refused, and no answer may be read by another site", async () => {
  const headers = { "x-user": user, origin: "https://evil.example", "access-control-request-method": "POST" };
  const paths = [...everyRoute.map(({ path }) => path), "/nowhere"];
  for (const path of paths) {
    for (const method of ["OPTIONS", "GET", "HEAD"]) {
      const request = new Request(`${appUrl}/api/billing${path}`, { method, headers });
      const response = await world.billing.handler(request);
      if (method === "OPTIONS") expect(response.ok).toBe(false);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "content-type": "application/json; charset=utf-8",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      const seconds = response.ok ? cacheSecondsOf(path) : undefined;
      const kept = seconds === undefined ? "no-store" : `public, max-age=${seconds}`;
      expect(response.headers.get("cache-control")).toBe(kept);
    }
  }
});

function cacheSecondsOf(path: string): number | undefined {
  return everyRoute.find((one) => one.path === path && one.method === "GET")?.route.cacheSeconds;
}

test("HEAD answers what GET would, without the body", async () => {
  for (const path of getRoutes) {
    const ask = (method: string) =>
      world.billing.handler(
        new Request(`${appUrl}/api/billing${path}`, { method, headers: { "x-user": user } }),
      );
    const [head, get] = [await ask("HEAD"), await ask("GET")];
    expect(head.status).toBe(get.status);
    expect([...head.headers]).toEqual([...get.headers]);
    expect(await head.text()).toBe("");
  }
});

test.each<[string, Record<string, string>]>([
  ["an image on another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
  ["an image on a sibling", { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" }],
  ["a link on another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }],
  ["a script of another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
  ["a script of another site in an older browser", { origin: "https://evil.example" }],
])("%s can't look at a checkout, nor use up its owner's limit", async (_name, headers) => {
  const { body } = await world.call("POST", "/checkout", {
    as: user,
    body: { planId: "starter", interval: "month" },
  });
  const billing = world.instance({ store, rateLimits: { checkoutReadsPerMinute: 1 } });
  const look = (more: Record<string, string>) =>
    world.call("GET", `/checkout/${body.id}`, { as: user, headers: more, billing });
  for (let n = 0; n < 3; n += 1)
    expect(await look(headers)).toMatchObject({ status: 403, body: { error: { code: "cross_origin" } } });
  expect((await look({ "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" })).status).toBe(200);
});

test("a page that the server renders can be reached from the provider's, and by a script from nowhere else", async () => {
  const billing = world.instance({ store, rateLimits: { checkoutReadsPerMinute: 2 } });
  const { body } = await world.call("POST", "/checkout", {
    as: user,
    body: { planId: "starter", interval: "month" },
  });
  const visit = (mode: string, dest: string) => {
    const fetched = { "sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest };
    const request = new Request(`${appUrl}/return`, { headers: { "x-user": user, ...fetched } });
    return billing.settleCheckout(request, body.id);
  };
  for (let n = 0; n < 3; n += 1)
    await expect(visit("no-cors", "image")).rejects.toMatchObject({ code: "cross_origin" });
  expect(await visit("navigate", "document")).toMatchObject({ status: "open" });
  const older = new Request(`${appUrl}/return`, { headers: { "x-user": user } });
  expect(await billing.settleCheckout(older, body.id)).toMatchObject({ status: "open" });
});
