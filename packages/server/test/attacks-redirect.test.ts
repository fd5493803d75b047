import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { appUrl } from "./requests.js";
import { newUser, openWorld, type World } from "./world.js";

let world: World;
let store: Store;
/** Without limits, because one customer tries them all. */
let lax: World["billing"];
/** Has a checkout already, so that the portal would open. */
let customer: string;
const starter = { planId: "starter", interval: "month" };

beforeAll(async () => {
  store = memory();
  world = await openWorld({ store });
  lax = world.instance({ store, rateLimits: false });
  customer = newUser();
  await world.call("POST", "/checkout", { as: customer, body: starter });
});
afterAll(() => world.close());
beforeEach(() => world.tick(60));

const elsewhere: readonly (readonly [name: string, url: string])[] = [
  ["another origin", "https://evil.example/account"],
  ["another origin without TLS", "http://evil.example"],
  ["our host without TLS", "http://app.example.com/"],
  ["our host on another port", "https://app.example.com:444/"],
  ["a host that starts like ours", "https://app.example.com.evil.example"],
  ["a host that ends like ours", "https://evilapp.example.com"],
  ["a subdomain of ours", "https://x.app.example.com"],
  ["our host with a dot behind it", "https://app.example.com./"],
  ["protocol-relative", "//evil.example"],
  ["three slashes", "///evil.example"],
  ["many slashes", "//////evil.example"],
  ["a slash and a backslash", "/\\evil.example"],
  ["a backslash and a slash", "\\/evil.example"],
  ["two backslashes", "\\\\evil.example"],
  ["a backslash in the middle of slashes", "/\\/evil.example"],
  ["backslashes for the scheme's slashes", "https:\\\\evil.example"],
  ["a backslash that ends the host", "https://evil.example\\@app.example.com/"],
  ["a scheme without slashes", "https:evil.example"],
  ["a scheme with one slash", "https:/evil.example"],
  ["a scheme in odd letters", "hTTps://evil.example"],
  ["our host as a user", "https://app.example.com@evil.example"],
  ["our host as a user and password", "https://app.example.com:443@evil.example"],
  ["a user on our host", "https://eve@app.example.com/"],
  ["a password on our host", "https://:pw@app.example.com/"],
  ["our host encoded as a user", "https://app.example.com%40evil.example"],
  ["our host in the query", "https://evil.example?https://app.example.com/"],
  ["our host in the fragment", "https://evil.example#@app.example.com/"],
  ["an encoded slash at the host's end", "https://evil.example%2F@app.example.com"],
  ["encoded slashes", "/%2fevil.example"],
  ["encoded backslashes", "/%5cevil.example"],
  ["twice encoded slashes", "/%252fevil.example"],
  ["thrice encoded backslashes", "/%25255cevil.example"],
  ["dots before two slashes", "/.//evil.example"],
  ["encoded dots before two slashes", "/%2e//evil.example"],
  ["a way up that leaves two slashes", "/a/..//evil.example"],
  ["a way up, encoded, that leaves two slashes", "/a/%2e%2e//evil.example"],
  ["a tab between the slashes", "/\t/evil.example"],
  ["a tab in the scheme", "ht\ttps://evil.example"],
  ["a line feed between the slashes", "/\n/evil.example"],
  ["a carriage return", "/\r/evil.example"],
  ["a null", "/\u0000/evil.example"],
  ["a vertical tab before it", "\u000b//evil.example"],
  ["an escape character", "/\u001b/evil.example"],
  ["a delete character", "/\u007f/evil.example"],
  ["a space before it", " https://evil.example"],
  ["a space behind it", "/account "],
  ["a no-break space", "\u00a0//evil.example"],
  ["a line separator", "/\u2028/evil.example"],
  ["a byte order mark", "\ufeffhttps://evil.example"],
  ["an encoded line break", "/a%0d%0aset-cookie:%20a=b"],
  ["an encoded null", "/a%00b"],
  ["an ideographic full stop", "https://app.example.com。evil.example"],
  ["a fullwidth full stop", "https://evil．example"],
  ["a fullwidth slash as the second", "/／evil.example"],
  ["a division slash in the host", "https://app.example.com∕.evil.example"],
  ["a fullwidth slash, encoded", "/%EF%BC%8Fevil.example"],
  ["a fullwidth backslash", "/＼evil.example"],
  ["a small backslash", "/﹨evil.example"],
  ["a small backslash in the host", "https://app.example.com﹨.evil.example"],
  ["fullwidth dots and slashes", "/．．／／evil.example"],
  ["what can't be seen between the slashes", "/\u200b/evil.example"],
  ["fullwidth letters of a host", "https://ｅvil.example"],
  ["a homograph of our host", "https://аpp.example.com"],
  ["a soft hyphen in a foreign host", "https://ev\u00adil.example"],
  ["an IPv4 address", "https://127.0.0.1/"],
  ["an IPv4 address as a number", "https://2130706433/"],
  ["an IPv6 address", "https://[::1]/"],
  ["the metadata service", "http://169.254.169.254/latest/meta-data/"],
  ["javascript", "javascript:alert(document.domain)"],
  ["javascript in odd letters", "JaVaScRiPt:alert(1)"],
  ["javascript behind a control character", "\u0001javascript:alert(1)"],
  ["javascript with our host as a comment", "javascript://app.example.com/%0aalert(1)"],
  ["data", "data:text/html;base64,PHNjcmlwdD4="],
  ["vbscript", "vbscript:msgbox(1)"],
  ["a file", "file:///etc/passwd"],
  ["a blob of our origin", "blob:https://app.example.com/1"],
  ["view-source", "view-source:https://app.example.com/"],
  ["an app's own scheme", "intent://evil.example#Intent;scheme=https;end"],
  ["a web socket on our host", "wss://app.example.com/"],
  ["a path without its slash", "evil.example/account"],
  ["a query alone", "?next=https://evil.example"],
  ["a fragment alone", "#https://evil.example"],
  ["two dots", "../account"],
];

test.each(elsewhere)("nobody is sent to %s", async (_name, url) => {
  const as = newUser();
  const events = world.sandbox.events().length;
  const refused = { status: 400, body: { error: { code: "invalid_return_url" } } };
  for (const key of ["returnUrl", "cancelUrl"]) {
    const body = { ...starter, [key]: url };
    expect(await world.call("POST", "/checkout", { as, body }), key).toMatchObject(refused);
  }
  const body = { returnUrl: url };
  expect(await world.call("POST", "/portal", { as: customer, body, billing: lax }), "portal").toMatchObject(
    refused,
  );
  expect(await store.findCustomer(as, "stripe")).toBeNull();
  expect(world.sandbox.events()).toHaveLength(events);
});

test.each([
  ["very long", `/${"a".repeat(3_000)}`],
  ["empty", ""],
  ["a list", ["/a", "https://evil.example"]],
  ["an object", { toString: "/a" }],
  ["a number", 1],
])("a return URL that is %s is an error", async (_name, returnUrl) => {
  for (const [path, rest] of [
    ["/checkout", starter],
    ["/portal", {}],
  ] as const) {
    const answer = await world.call("POST", path, {
      as: customer,
      body: { ...rest, returnUrl },
      billing: lax,
    });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_body" } } });
  }
});

test.each([
  ["a path", "/account", "/account"],
  ["a path with query and fragment", "/account?tab=billing#plan", "/account?tab=billing"],
  ["what looks like a URL in the query", "/login?next=//evil.example", "/login?next="],
  ["what looks like a user in the path", "/@evil.example", "/@evil.example"],
  ["letters of any language", "/konto/übersicht", "/konto/%C3%BCbersicht"],
  ["the app's own URL", `${appUrl}/account`, "/account"],
])("%s leads back to the app", async (_name, returnUrl, landing) => {
  const as = newUser();
  const { body } = await world.call("POST", "/checkout", { as, body: { ...starter, returnUrl } });
  const session = await world.dashboard.checkout.sessions.retrieve(body.id);
  for (const url of [session.success_url, session.cancel_url]) {
    expect(new URL(url ?? "").origin).toBe(appUrl);
    expect(url).toContain(`${appUrl}${landing}`);
  }
});

test("an allowed origin is allowed exactly", async () => {
  const billing = world.instance({ store, rateLimits: false, allowedOrigins: ["https://www.example.com"] });
  const statusOf = async (returnUrl: string) =>
    (await world.call("POST", "/checkout", { as: newUser(), body: { ...starter, returnUrl }, billing }))
      .status;
  expect(await statusOf("https://www.example.com/done")).toBe(200);
  expect(await statusOf("https://www.example.com:8443/done")).toBe(400);
  expect(await statusOf("http://www.example.com/done")).toBe(400);
  expect(await statusOf("https://www.example.com.evil.example/done")).toBe(400);
});
