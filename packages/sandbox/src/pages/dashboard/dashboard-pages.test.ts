import { describe, expect, it } from "vitest";
import { hours, type InProcess, inProcess, pass, receiverUrl } from "../../../test/in-process.js";
import type { SandboxOptions } from "../../sandbox-options.js";

const shop = async (options: SandboxOptions = {}) => {
  const desk = inProcess({ webhooks: [{ url: receiverUrl }], ...options });
  const { stripe, sandbox } = desk;
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2900,
    product_data: { name: "Pro" },
    recurring: { interval: "month" },
  });
  const customer = await stripe.customers.create({ name: "Ada <b>Lovelace</b>", email: "ada@example.com" });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  await sandbox.settled();
  return { ...desk, customer, card, subscription, price };
};

const get = (sandbox: InProcess["sandbox"], path: string): Promise<Response> =>
  sandbox.fetch(new Request(`${sandbox.url}${path}`));

const post = (
  sandbox: InProcess["sandbox"],
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = { origin: sandbox.url },
): Promise<Response> =>
  sandbox.fetch(
    new Request(`${sandbox.url}${path}`, { method: "POST", body: new URLSearchParams(fields), headers }),
  );

/** What the page says after an action. */
const act = async (sandbox: InProcess["sandbox"], path: string, fields: Record<string, string> = {}) => {
  const answer = await post(sandbox, path, fields);
  expect(answer.status).toBe(303);
  const page = await get(sandbox, answer.headers.get("location") ?? "");
  return page.text();
};

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
    const { sandbox, customer, subscription, price } = await shop();
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
    const { sandbox, customer } = await shop();
    for (const path of ["objects/customers", `objects/customers/${customer.id}`, "search?q=<b>", "events"]) {
      const html = await (await get(sandbox, `/dashboard/${path}`)).text();
      expect(html).not.toContain("<b>Lovelace");
      expect(html).not.toContain("“<b>");
    }
  });

  it("finds an object by its id, and others by email, name or what they refer to", async () => {
    const { sandbox, customer, subscription } = await shop();
    const exact = await get(sandbox, `/dashboard/search?q=${customer.id}`);
    expect(exact.headers.get("location")).toBe(`/dashboard/objects/customers/${customer.id}`);
    expect(await (await get(sandbox, "/dashboard/search?q=ADA@example")).text()).toContain(customer.id);
    const theirs = await get(sandbox, `/dashboard/objects/subscriptions?q=${customer.id}`);
    expect(await theirs.text()).toContain(subscription.id);
    const nobody = await get(sandbox, "/dashboard/objects/subscriptions?q=nobody");
    expect(await nobody.text()).not.toContain(subscription.id);
  });

  it("says what an event changed, entry by entry", async () => {
    const { sandbox, stripe, customer } = await shop();
    await stripe.customers.update(customer.id, { name: "Countess" });
    const event = (await stripe.events.list({ type: "customer.updated", limit: 1 })).data[0];
    const html = await (await get(sandbox, `/dashboard/events/${event?.id}`)).text();
    expect(html).toContain("<del>&quot;Ada &lt;b&gt;Lovelace&lt;/b&gt;&quot;</del>");
    expect(html).toContain("<ins>&quot;Countess&quot;</ins>");
  });

  it("opens a billing portal for a customer", async () => {
    const { sandbox, customer } = await shop();
    const answer = await post(sandbox, `/dashboard/tools/customers/${customer.id}/portal`);
    const portal = answer.headers.get("location") ?? "";
    expect(portal).toMatch(/^\/p\/session\//);
    expect((await get(sandbox, portal)).status).toBe(200);
  });
});

describe("the dashboard's clock", () => {
  it("moves on, to the next event too, and tells what happened", async () => {
    const { sandbox } = await shop();
    const start = sandbox.now().getTime();
    expect(await act(sandbox, "/dashboard/clock/advance", { by: "month" })).toContain("things happened");
    expect(sandbox.now().toISOString()).toBe("2027-02-01T00:00:00.000Z");
    const html = await act(sandbox, "/dashboard/clock/advance", { by: "next" });
    expect(html).toContain("invoice.<wbr/>finalized");
    expect(sandbox.now().getTime()).toBe(start + hours(31 * 24 + 1));
  });

  it.each([
    ["a time in the past", { to: "2020-01-01T00:00" }],
    ["no time", { to: "" }],
    ["nonsense", { to: "tomorrow" }],
    ["a time too far away", { to: "9999-01-01T00:00" }],
  ])("does not move to %s", async (_which, fields) => {
    const { sandbox } = await shop();
    const before = sandbox.now();
    expect(await act(sandbox, "/dashboard/clock/advance", fields)).toContain('role="alert"');
    expect(sandbox.now()).toEqual(before);
  });

  it("moves a test clock alone", async () => {
    const { sandbox, stripe } = await shop();
    const frozen = Math.floor(sandbox.now().getTime() / 1000);
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: frozen });
    await act(sandbox, `/dashboard/clock/${clock.id}/advance`, { by: "week" });
    const moved = await stripe.testHelpers.testClocks.retrieve(clock.id);
    expect(moved.frozen_time).toBe(frozen + 7 * 86_400);
    expect(sandbox.now().getTime()).toBe(frozen * 1000);
  });
});

describe("the dashboard's tools", () => {
  it("fail the next payment once, in the way that was chosen", async () => {
    const { sandbox, stripe, card, subscription } = await shop();
    await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/fail`, { decline: "insufficient_funds" });
    pass(sandbox, hours(32 * 24));
    const failed = await stripe.subscriptions.retrieve(subscription.id);
    expect(failed.status).toBe("past_due");
    pass(sandbox, hours(3 * 24 + 1));
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("expire a card, whose next charge fails so", async () => {
    const { sandbox, stripe, card, customer } = await shop();
    await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/expire`);
    const { card: shown } = await stripe.paymentMethods.retrieve(card.id);
    expect([shown?.exp_month, shown?.exp_year]).toEqual([12, 2026]);
    const fields = { amount: 100, currency: "usd", customer: customer.id, payment_method: card.id };
    const charge = stripe.paymentIntents.create({ ...fields, confirm: true, off_session: true });
    await expect(charge).rejects.toMatchObject({ code: "expired_card" });
  });

  it("ask for 3-D Secure until it succeeded once", async () => {
    const { sandbox, stripe, card, customer } = await shop();
    await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/proof`);
    const intent = await stripe.paymentIntents.create({
      amount: 100,
      currency: "usd",
      customer: customer.id,
      payment_method: card.id,
      confirm: true,
      return_url: "http://app.test/",
    });
    expect(intent.status).toBe("requires_action");
  });

  it("refund a charge, open a dispute and win it", async () => {
    const { sandbox, stripe, customer } = await shop();
    const charge = (await stripe.charges.list({ customer: customer.id })).data[0];
    await act(sandbox, `/dashboard/tools/charges/${charge?.id}/refund`, { amount: "900" });
    await act(sandbox, `/dashboard/tools/charges/${charge?.id}/dispute`, {
      kind: "dispute_product_not_received",
    });
    const after = await stripe.charges.retrieve(charge?.id ?? "");
    expect(after).toMatchObject({ amount_refunded: 900, disputed: true });
    const dispute = (await stripe.disputes.list()).data[0];
    expect(dispute?.reason).toBe("product_not_received");
    await act(sandbox, `/dashboard/tools/disputes/${dispute?.id}/decide`, { outcome: "won" });
    expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("won");
  });

  it("lead nowhere but back into the dashboard", async () => {
    const { sandbox, card } = await shop();
    const path = `/dashboard/tools/payment_methods/${card.id}/fail`;
    for (const back of ["//evil.test", "https://evil.test", "/objects/../../evil", "@evil.test"]) {
      const answer = await post(sandbox, path, { back });
      expect(answer.headers.get("location")).toMatch(/^\/dashboard\?note=/);
    }
  });
});

describe("the dashboard's webhooks", () => {
  it("show what was sent and what came back, and send it again", async () => {
    const { sandbox, letters } = await shop();
    const [first] = sandbox.deliveries();
    const html = await (await get(sandbox, `/dashboard/deliveries/${first?.id}`)).text();
    expect(html).toContain("stripe-signature");
    expect(html).toContain("HTTP 200");
    const sent = letters.length;
    await act(sandbox, `/dashboard/deliveries/${first?.id}/resend`);
    await sandbox.settled();
    expect(letters).toHaveLength(sent + 1);
    expect(letters.at(-1)?.body).toContain(first?.eventId);
  });

  it("are added, disabled, given another secret and deleted", async () => {
    const { sandbox, stripe } = await shop();
    const url = "http://other.test/hook";
    await act(sandbox, "/dashboard/webhooks", { url, events: "invoice.paid, invoice.voided" });
    const made = (await stripe.webhookEndpoints.list()).data[0];
    expect(made).toMatchObject({ url, enabled_events: ["invoice.paid", "invoice.voided"] });
    const path = `/dashboard/webhooks/${made?.id}`;
    const before = await (await get(sandbox, path)).text();
    await act(sandbox, `${path}/roll`, { old: "now" });
    const [secret] = /whsec_\w+/.exec(before) ?? [];
    expect(await act(sandbox, `${path}/switch`, { to: "disabled" })).not.toContain(secret);
    expect((await stripe.webhookEndpoints.retrieve(made?.id ?? "")).status).toBe("disabled");
    await act(sandbox, `${path}/delete`);
    expect((await get(sandbox, path)).status).toBe(404);
    expect(await act(sandbox, "/dashboard/webhooks", { url: "nonsense" })).toContain('role="alert"');
  });

  it("go wrong on purpose, in percent, with a seed, and right again", async () => {
    const { sandbox, stripe, letters } = await shop();
    const html = await act(sandbox, "/dashboard/chaos", { duplicates: "100", seed: "monday" });
    expect(html).toContain('value="monday"');
    const sent = letters.length;
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters).toHaveLength(sent + 2);
    await act(sandbox, "/dashboard/chaos", { switch: "off" });
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters).toHaveLength(sent + 3);
    expect(await act(sandbox, "/dashboard/chaos", { drop: "101" })).toContain('role="alert"');
  });
});

describe("the dashboard's settings", () => {
  it("decide about what lies ahead at once", async () => {
    const { sandbox, stripe, subscription, card } = await shop();
    await act(sandbox, "/dashboard/settings", {
      retries: "1",
      finally: "unpaid",
      draft: "30",
      upcoming: "2",
      tax: "19",
    });
    for (let attempt = 0; attempt < 2; attempt++) {
      await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/fail`, { decline: "generic_decline" });
      pass(sandbox, hours(attempt === 0 ? 31 * 24 + 0.5 : 24));
    }
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("unpaid");
  });

  it("refuse what makes no sense, and stay as they were", async () => {
    const { sandbox } = await shop();
    const before = await (await get(sandbox, "/dashboard/settings")).text();
    for (const fields of [{ retries: "x" }, { retries: "0" }, { tax: "-1" }, { draft: "soon" }])
      expect(await act(sandbox, "/dashboard/settings", fields)).toContain('role="alert"');
    expect(await (await get(sandbox, "/dashboard/settings")).text()).toBe(before);
  });
});

describe("a connected account's dashboard", () => {
  it("shows that account's world, and the way back", async () => {
    const { sandbox, stripe, customer } = await shop({ accounts: ["acct_1Shop"] });
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
    const { sandbox } = await shop();
    for (const place of places)
      for (const id of ids)
        for (const query of queries) {
          const { status } = await get(sandbox, `/dashboard/${place}${id}${query}`);
          expect([place, id, status < 500]).toEqual([place, id, true]);
        }
  });

  it("is refused without a 5xx and without a change when it is nonsense", async () => {
    const { sandbox } = await shop();
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
