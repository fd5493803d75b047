import { describe, expect, it } from "vitest";
import { inProcess } from "../../../test/in-process.js";
import { get, post, subscribed } from "../../../test/open-dashboard.js";

describe("the dashboard", () => {
  it("is where the sandbox's address leads", async () => {
    const { sandbox } = inProcess();
    const answer = await get(sandbox, "/");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/dashboard"]);
    const home = await get(sandbox, "/dashboard");
    expect(await home.text()).toContain("Your sandbox");
    expect(home.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });

  it.each([
    ["another site's form", { origin: "http://evil.test" }],
    ["another site's form, as browsers tell it", { "sec-fetch-site": "cross-site" }],
    ["a sibling of the same site", { "sec-fetch-site": "same-site" }],
    ["a page without an origin", { origin: "null" }],
    ["a request that says nothing", {}],
  ])("takes no action from %s", async (_who, headers) => {
    const { sandbox } = inProcess();
    const before = sandbox.now();
    const answer = await post(sandbox, "/dashboard/clock/advance", { by: "day" }, { ...headers });
    expect(answer.status).toBe(403);
    expect(sandbox.now()).toEqual(before);
  });

  it("shows an object with its state, its relations, and every id in its JSON as a link", async () => {
    const { sandbox, customer, subscription, price } = await subscribed();
    const html = await (await get(sandbox, `/dashboard/objects/subscriptions/${subscription.id}`)).text();
    expect(html).toContain('<span class="badge good">Active</span>');
    for (const path of [
      `customers/${customer.id}`,
      `prices/${price.id}`,
      `products/${price.product}`,
      `invoices/${subscription.latest_invoice}`,
    ])
      expect(html).toContain(`href="/dashboard/objects/${path}"`);
    expect(html).toContain("customer.<wbr/>subscription.<wbr/>created");
  });

  it("writes what people called things as text, never as markup", async () => {
    const { sandbox, customer } = await subscribed();
    for (const path of ["objects/customers", `objects/customers/${customer.id}`, "search?q=<b>", "events"]) {
      const html = await (await get(sandbox, `/dashboard/${path}`)).text();
      expect(html).not.toContain("<b>Lovelace");
      expect(html).not.toContain("“<b>");
    }
  });

  it("finds an object by its id, and others by email, name or what they refer to", async () => {
    const { sandbox, customer, subscription } = await subscribed();
    const exact = await get(sandbox, `/dashboard/search?q=${customer.id}`);
    expect(exact.headers.get("location")).toBe(`/dashboard/objects/customers/${customer.id}`);
    expect(await (await get(sandbox, "/dashboard/search?q=ADA@example")).text()).toContain(customer.id);
    const theirs = await get(sandbox, `/dashboard/objects/subscriptions?q=${customer.id}`);
    expect(await theirs.text()).toContain(subscription.id);
    const nobody = await get(sandbox, "/dashboard/objects/subscriptions?q=nobody");
    expect(await nobody.text()).not.toContain(subscription.id);
  });

  it("says what an event changed, entry by entry", async () => {
    const { sandbox, stripe, customer } = await subscribed();
    await stripe.customers.update(customer.id, { name: "Countess" });
    const event = (await stripe.events.list({ type: "customer.updated", limit: 1 })).data[0];
    const html = await (await get(sandbox, `/dashboard/events/${event?.id}`)).text();
    expect(html).toContain("<del>&quot;Ada &lt;b&gt;Lovelace&lt;/b&gt;&quot;</del>");
    expect(html).toContain("<ins>&quot;Countess&quot;</ins>");
  });

  it("opens a billing portal for a customer", async () => {
    const { sandbox, customer } = await subscribed();
    const answer = await post(sandbox, `/dashboard/tools/customers/${customer.id}/portal`);
    const portal = answer.headers.get("location") ?? "";
    expect(portal).toMatch(/^\/p\/session\//);
    expect((await get(sandbox, portal)).status).toBe(200);
  });
});

describe("a connected account's dashboard", () => {
  it("shows that account's world, and the way back", async () => {
    const { sandbox, stripe, customer } = await subscribed({ accounts: ["acct_1Shop"] });
    const theirs = await stripe.customers.create({ name: "Theirs" }, { stripeAccount: "acct_1Shop" });
    const html = await (await get(sandbox, "/dashboard/accounts/acct_1Shop/objects/customers")).text();
    expect(html).toContain(`/dashboard/accounts/acct_1Shop/objects/customers/${theirs.id}`);
    expect(html).not.toContain(customer.id);
    expect(html).toContain('href="/dashboard"');
    const unknown = await get(sandbox, "/dashboard/accounts/acct_nobody");
    expect(unknown.headers.get("location")).toBe("/dashboard");
  });
});

describe("whatever is asked of the dashboard", () => {
  const ids = [
    "constructor",
    "__proto__",
    "%00",
    "%F0%9F%92%A9",
    "cus_1",
    "..%2f..",
    "<script>",
    "a".repeat(3000),
    "%zz",
  ];
  const places = [
    "",
    "objects/",
    "objects/customers/",
    "events/",
    "deliveries/",
    "webhooks/",
    "accounts/",
    "nope/",
  ];
  const queries = [
    "",
    "?page=-1",
    "?page=1e99",
    "?note=n1",
    "?q=%00&type=constructor&object=__proto__&state=x",
  ];

  it("is answered without a 5xx", async () => {
    const { sandbox } = await subscribed();
    for (const place of places)
      for (const id of ids)
        for (const query of queries) {
          const { status } = await get(sandbox, `/dashboard/${place}${id}${query}`);
          expect([place, id, status < 500]).toEqual([place, id, true]);
        }
  });

  it("is refused without a 5xx and without a change when it is nonsense", async () => {
    const { sandbox } = await subscribed();
    const before = sandbox.events().length;
    const actions = [
      "clock/advance",
      ...ids.flatMap((id) => [
        `clock/${id}/advance`,
        `webhooks/${id}/delete`,
        `webhooks/${id}/roll`,
        `webhooks/${id}/chaos`,
        `webhooks/${id}/switch`,
        `deliveries/${id}/resend`,
        `events/${id}/resend`,
        `tools/payment_methods/${id}/expire`,
        `tools/payment_methods/${id}/proof`,
        `tools/charges/${id}/refund`,
        `tools/charges/${id}/dispute`,
        `tools/disputes/${id}/decide`,
        `tools/customers/${id}/portal`,
        `tools/constructor/${id}/constructor`,
      ]),
    ];
    for (const action of actions) {
      const { status } = await post(sandbox, `/dashboard/${action}`, { amount: "1e400", kind: "x", to: "x" });
      expect([action, status < 500]).toEqual([action, true]);
    }
    expect(sandbox.events()).toHaveLength(before);
  });
});
