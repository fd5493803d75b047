import { once } from "node:events";
import { request } from "node:http";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, refusal } from "../../test/connect.js";

type Asked = { url: string; method?: string; headers?: Record<string, string>; body?: string };

/** A request with whatever headers, as `fetch` would not send it. */
const ask = async ({ url, method = "GET", headers = {}, body = "" }: Asked) => {
  const sent = request(url, { method, headers: { connection: "close", ...headers } }).end(body);
  const [response] = await once(sent, "response");
  const text = (await response.toArray()).join("");
  return { status: response.statusCode as number, headers: response.headers, text };
};

const form = { "content-type": "application/x-www-form-urlencoded" };
const places = ["/dashboard", "/c/pay/cs_test_x", "/p/session/x", "/endive/stripe.js", "/nothing"];

describe("the door that knows the sandbox's names", () => {
  it("refuses another name everywhere, in words that say what to do", async () => {
    const lines: string[] = [];
    const { sandbox } = await connect({ log: (line) => lines.push(line) });
    for (const path of places) {
      const answer = await ask({ url: `${sandbox.url}${path}`, headers: { host: "billing:4242" } });
      expect([answer.status, answer.headers["content-type"]]).toEqual([403, "text/plain; charset=utf-8"]);
      expect(answer.text).toContain("not at billing. If that is its name on your network");
      expect(answer.text).toMatch(/--allow-host .* allowedHosts/);
    }
    expect(lines.filter((line) => line.includes("not at billing"))).toHaveLength(1);
  });

  it("says so to the SDK as an error of its own", async () => {
    const { sandbox } = await connect();
    const { port } = new URL(sandbox.url);
    // On Linux and macOS this address leads to this machine too.
    const stripe = new Stripe(sandbox.secretKey, { host: "0.0.0.0", port, protocol: "http" });
    const error = await refusal(stripe.customers.list());
    expect([error.type, error.statusCode]).toEqual(["StripePermissionError", 403]);
    expect(error.message).toContain("--allow-host");
  });

  it("lets in what allowedHosts and --host name", async () => {
    const { sandbox } = await connect({ allowedHosts: ["billing", ".ci.test"], host: "localhost" });
    for (const host of ["billing:4242", "a.ci.test", "localhost", "127.0.0.1", "[::1]:9"])
      expect((await ask({ url: `${sandbox.url}/dashboard`, headers: { host } })).status).toBe(200);
    expect((await ask({ url: `${sandbox.url}/dashboard`, headers: { host: "ci.test" } })).status).toBe(403);
  });

  it("refuses to start with a name that can't be one", async () => {
    await expect(connect({ allowedHosts: ["http://billing:4242"] })).rejects.toThrow(
      "not http://billing:4242",
    );
  });
});

describe("the door that knows pages", () => {
  const foreign: [string, Record<string, string>][] = [
    ["an Origin alone", { origin: "http://evil.test" }],
    ["Sec-Fetch-Site alone", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
    ["an Origin that hides itself", { origin: "null" }],
    [
      "an Origin that is said to be the same",
      { origin: "http://evil.test", "sec-fetch-site": "same-origin" },
    ],
    ["another port of this machine", { origin: "http://localhost:3000", "sec-fetch-site": "same-site" }],
  ];

  it.each(foreign)("takes no form from a page with %s, even if its key is right", async (_what, headers) => {
    const { sandbox } = await connect();
    const posts: [string, string][] = [
      ["/v1/customers", `key=${sandbox.secretKey}`],
      ["/v1/webhook_endpoints", `key=${sandbox.secretKey}&url=http://10.0.0.1/&enabled_events[]=*`],
      ["/v1/sandbox/restricted_keys", `key=${sandbox.secretKey}&permissions[*]=write`],
      ["/dashboard/clock/advance", "by=month"],
      ["/dashboard/webhooks", "url=http://10.0.0.1/"],
      ["/c/pay/cs_test_x", "email=eve@evil.test"],
      ["/p/session/x/cancel/sub_x", ""],
    ];
    for (const [path, body] of posts) {
      const answer = await ask({
        url: `${sandbox.url}${path}`,
        method: "POST",
        headers: { ...form, ...headers },
        body,
      });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect(sandbox.events()).toEqual([]);
  });

  it.each(foreign)("shows a page with %s nothing that a secret key gives", async (_what, headers) => {
    const { sandbox } = await connect();
    for (const path of [
      "/v1/customers",
      "/v1/account",
      "/v1/payment_methods/pm_x",
      "/v1/elements/sessions",
    ]) {
      const url = `${sandbox.url}${path}?key=${sandbox.secretKey}`;
      const answer = await ask({ url, headers });
      expect([path, answer.status]).toEqual([path, 403]);
      // The developer's own page may read why.
      const reader = headers.origin === "http://localhost:3000" ? headers.origin : undefined;
      expect(answer.headers["access-control-allow-origin"]).toBe(reader);
    }
  });

  it("lets no other page share an answer, whatever asks", async () => {
    const { sandbox, stripe } = await connect();
    await stripe.customers.create({});
    const authorization = `Bearer ${sandbox.secretKey}`;
    const answer = await ask({ url: `${sandbox.url}/v1/customers`, headers: { authorization } });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(answer.headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });

  it("takes the publishable key from pages of allowed hosts, and from no others", async () => {
    const { sandbox } = await connect({ allowedHosts: ["shop.test"] });
    const make = (origin: string) =>
      ask({
        url: `${sandbox.url}/v1/payment_methods`,
        method: "POST",
        headers: { ...form, origin, "sec-fetch-site": "cross-site" },
        body: `key=${sandbox.publishableKey}&type=card&card[token]=tok_visa`,
      });
    for (const origin of ["http://localhost:3000", "https://127.0.0.1", "https://shop.test"]) {
      const answer = await make(origin);
      expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, origin]);
      expect(answer.headers.vary).toContain("Origin");
    }
    for (const origin of ["http://evil.test", "https://shop.test.evil.test", "null", "file://"])
      expect((await make(origin)).status).toBe(403);
  });

  it("lets a link lead to a hosted page, and its own form come back", async () => {
    const { sandbox } = await connect();
    const link = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    expect((await ask({ url: `${sandbox.url}/dashboard`, headers: link })).status).toBe(200);
    expect((await ask({ url: `${sandbox.url}/dashboard`, method: "POST", headers: link })).status).toBe(403);
    const url = `${sandbox.url}/dashboard/clock/advance`;
    const ours = [
      { origin: sandbox.url, "sec-fetch-site": "same-origin" },
      { origin: sandbox.url },
      // A proxy of the developer's that names the sandbox by its address.
      { origin: "http://localhost:8080", "sec-fetch-site": "same-origin" },
    ];
    for (const headers of ours) {
      const answer = await ask({ url, method: "POST", headers: { ...form, ...headers }, body: "by=day" });
      expect(answer.status).toBe(303);
    }
  });
});

describe("the door for bodies", () => {
  const size = 64 * 1_048_576;
  const piece = "a".repeat(65_536);

  /** Sends a body without an end until it is answered, and says how much of it went out. */
  const pour = async (url: string, headers: Record<string, string>) => {
    const sent = request(url, { method: "POST", headers: { ...form, ...headers } });
    let [poured, answered] = [0, 0];
    sent.on("error", () => undefined);
    const done = new Promise<void>((resolve) => {
      sent.on("response", (response) => {
        answered = response.statusCode ?? 0;
        resolve();
      });
      sent.on("close", resolve);
    });
    while (poured < size && answered === 0 && !sent.destroyed) {
      poured += piece.length;
      if (!sent.write(piece)) await Promise.race([once(sent, "drain").catch(() => undefined), done]);
    }
    await done;
    sent.destroy();
    return { answered, poured };
  };

  it.each(["/v1/customers", "/v2/billing/meter_events", "/dashboard/clock/advance", "/c/pay/cs_test_x"])(
    "refuses at %s what is too large long before its end, whether told its size or not",
    async (path) => {
      const { sandbox } = await connect();
      const headers = { origin: sandbox.url, authorization: `Bearer ${sandbox.secretKey}` };
      for (const length of [{ "content-length": String(size) }, { "transfer-encoding": "chunked" }]) {
        const { answered, poured } = await pour(`${sandbox.url}${path}`, { ...headers, ...length });
        expect(answered).toBe(413);
        expect(poured).toBeLessThan(size / 2);
      }
    },
  );
});
