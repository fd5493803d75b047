import { describe, expect, it } from "vitest";
import { inProcess, receiverUrl } from "../../../test/in-process.js";
import { act, get, post, subscribed } from "../../../test/open-dashboard.js";

const page = async (sandbox: Parameters<typeof get>[0], path: string) => (await get(sandbox, path)).text();

/** The addresses of the requests in a list, newest first. */
const listed = (html: string): string[] =>
  [...html.matchAll(/\/requests\/req_\w+">\s*(\w+) (.+?)<\/a>/gs)].map(
    ([, method, path = ""]) => `${method} ${path.replaceAll(/<wbr\/?>/g, "")}`,
  );

describe("the requests of the dashboard", () => {
  it("are listed newest first, and filtered by method, path, status and customer", async () => {
    const { sandbox, stripe, customer, subscription } = await subscribed();
    const { id: other } = await stripe.customers.create();
    await stripe.customers.retrieve("cus_none").catch(() => undefined);
    await stripe.subscriptions.update(subscription.id, { colour: "red" } as never).catch(() => undefined);
    const rows = async (query = "") => listed(await page(sandbox, `/dashboard/requests${query}`));
    const all = await rows();
    expect(all.slice(0, 3)).toEqual([
      `POST /v1/subscriptions/${subscription.id}`,
      "GET /v1/customers/cus_none",
      "POST /v1/customers",
    ]);
    expect(await rows("?method=GET")).toEqual(["GET /v1/customers/cus_none"]);
    expect(await rows("?status=404")).toEqual(["GET /v1/customers/cus_none"]);
    expect(await rows("?status=refused")).toEqual(all.slice(0, 2));
    expect(await rows("?status=ok")).toEqual(all.slice(2));
    expect(await rows("?path=subscriptions")).toEqual([all[0], "POST /v1/subscriptions"]);
    expect(await rows(`?customer=${other}`)).toEqual(["POST /v1/customers"]);
    // The refusal does not name the customer, and the subscription is theirs.
    expect(await rows(`?customer=${customer.id}&status=refused`)).toEqual([all[0]]);
    expect(await page(sandbox, "/dashboard/requests?method=PUT")).toContain("No request like that");
  });

  it("show why, as curl and as SDK code, and the answer with links", async () => {
    const { sandbox, stripe, customer, subscription } = await subscribed();
    await stripe.subscriptions.retrieve(subscription.id);
    await stripe.prices.create({ currency: "usd", colour: "red" } as never).catch(() => undefined);
    const [read, refused] = sandbox.requests().slice(-2);
    const html = await page(sandbox, `/dashboard/requests/${read?.id}`);
    expect(html).toContain(`await stripe.subscriptions.retrieve(&quot;${subscription.id}&quot;);`);
    expect(html).toContain(`curl http://localhost:12111/v1/subscriptions/${subscription.id}`);
    expect(html).toContain(`href="/dashboard/objects/customers/${customer.id}"`);
    const why = await page(sandbox, `/dashboard/requests/${refused?.id}`);
    expect(why).toContain("Received unknown parameter: colour");
    expect(why).toContain("parameter_unknown");
    expect((await get(sandbox, "/dashboard/requests/req_none")).status).toBe(404);
    const found = await get(sandbox, `/dashboard/search?q=${read?.id}`);
    expect(found.headers.get("location")).toBe(`/dashboard/requests/${read?.id}`);
  });

  it("are led to from the event that they caused", async () => {
    const { sandbox } = await subscribed();
    const event = sandbox.events().find(({ type }) => type === "customer.created");
    expect(await page(sandbox, `/dashboard/events/${event?.id}`)).toContain(
      `/dashboard/requests/${event?.request?.id}`,
    );
  });
});

describe("the home of the dashboard", () => {
  it("shows first what was refused last and which webhook was not taken, and nothing when all is well", async () => {
    const { sandbox, stripe, answer } = inProcess({ webhooks: [{ url: receiverUrl }] });
    expect(await page(sandbox, "/dashboard")).not.toMatch(/Refused last|Webhook not taken/);
    answer(() => new Response("No such table: <plans> password=hunter2", { status: 500 }));
    await stripe.customers.create();
    await stripe.prices.create({ currency: "usd", colour: "red" } as never).catch(() => undefined);
    await sandbox.settled();
    const html = await page(sandbox, "/dashboard");
    expect(html).toContain("Received unknown parameter: colour");
    expect(html).toContain("No such table: &lt;plans&gt; password=[blanked]");
    expect(html).toContain(`/dashboard/requests/${sandbox.problems().request?.id}`);
    expect(html).toContain(`/dashboard/deliveries/${sandbox.problems().webhook?.delivery}`);
    expect(html).not.toContain("hunter2");
    const delivery = await page(sandbox, `/dashboard/deliveries/${sandbox.problems().webhook?.delivery}`);
    expect(delivery).toContain("password=[blanked]");
    expect(delivery).not.toContain("hunter2");
  });
});

describe("the scenarios of the dashboard", () => {
  it("play with whom was named, and say what was done and what happened", async () => {
    const { sandbox, customer, subscription } = await subscribed();
    const html = await act(sandbox, "/dashboard/scenarios", { scenario: "refund", whom: customer.id });
    expect(html).toContain("Refund: played.");
    expect(html).toContain("was refunded.");
    expect(html).toContain("charge.<wbr/>refunded");
    expect(html).toContain(`value="${customer.id}"`);
    const renewed = await act(sandbox, "/dashboard/scenarios", {
      scenario: "renewal",
      whom: subscription.id,
    });
    expect(renewed).toContain("Renewal: played.");
    expect(sandbox.now().toISOString()).toBe("2027-02-01T01:00:01.000Z");
  });

  it("make a customer when nobody was named", async () => {
    const { sandbox, stripe } = inProcess();
    await act(sandbox, "/dashboard/scenarios", { scenario: "plan_switch", whom: "" });
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it("say what does not fit, and change nothing for what is unknown", async () => {
    const { sandbox } = await subscribed();
    const none = await act(sandbox, "/dashboard/scenarios", { scenario: "refund", whom: "cus_none" });
    expect(none).toContain("No such customer: &#39;cus_none&#39;");
    expect(await act(sandbox, "/dashboard/scenarios", { scenario: "constructor" })).toContain(
      "Choose what to play",
    );
    expect((await post(sandbox, "/dashboard/scenarios", {}, {})).status).toBe(403);
  });

  it("are offered on the page of a customer and of a subscription", async () => {
    const { sandbox, customer, subscription } = await subscribed();
    for (const path of [`customers/${customer.id}`, `subscriptions/${subscription.id}`]) {
      const html = await page(sandbox, `/dashboard/objects/${path}`);
      expect(html).toContain('action="/dashboard/scenarios"');
      expect(html).toContain("3-D Secure at renewal");
    }
  });

  it("play in a connected account on its own pages", async () => {
    const { sandbox, stripe } = inProcess({ accounts: ["acct_shop"] });
    await act(sandbox, "/dashboard/accounts/acct_shop/scenarios", { scenario: "renewal" });
    const theirs = await stripe.customers.list({}, { stripeAccount: "acct_shop" });
    expect([theirs.data.length, (await stripe.customers.list()).data.length]).toEqual([1, 0]);
  });
});
