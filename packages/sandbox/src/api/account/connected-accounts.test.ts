import { describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { hours, inProcess, receiverUrl } from "../../../test/in-process.js";

const shop = "acct_1Shop";
const on = { stripeAccount: shop };

describe("connected accounts", () => {
  it("are worlds of their own: objects, ids, idempotency keys, events and clock", async () => {
    const { stripe, sandbox } = inProcess({ accounts: [shop] });
    const options = { idempotencyKey: "once" };
    const [own, theirs] = [
      await stripe.customers.create({ name: "Own" }, options),
      await stripe.customers.create({ name: "Theirs" }, { ...options, ...on }),
    ];
    expect(own.id).not.toBe(theirs.id);
    expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(["Own"]);
    expect((await stripe.customers.list({}, on)).data.map(({ name }) => name)).toEqual(["Theirs"]);
    expect((await refusal(stripe.customers.retrieve(theirs.id))).code).toBe("resource_missing");
    expect(sandbox.events().map(({ account }) => account)).toEqual([undefined]);
    expect(sandbox.events(shop).map(({ account }) => account)).toEqual([shop]);
    const before = sandbox.now();
    sandbox.advance(new Date(before.getTime() + hours(24)), shop);
    expect([sandbox.now(), sandbox.now(shop).getTime() - before.getTime()]).toEqual([before, hours(24)]);
    sandbox.advance(new Date(before.getTime() + hours(48)));
    expect(sandbox.now(shop)).toEqual(sandbox.now());
  });

  it("are made by the API, found by their context, and unknown to others", async () => {
    const { stripe, sandbox } = inProcess();
    const account = await stripe.accounts.create({
      type: "express",
      country: "DE",
      email: "shop@example.com",
    });
    expect(account).toMatchObject({ object: "account", type: "express", country: "DE" });
    await stripe.customers.create({}, { stripeContext: account.id });
    expect((await stripe.customers.list({}, { stripeAccount: account.id })).data).toHaveLength(1);
    expect(await stripe.accounts.retrieve(account.id)).toMatchObject({ id: account.id });
    const unknown = await refusal(stripe.customers.list({}, { stripeAccount: "acct_1Nobody" }));
    expect([unknown.statusCode, unknown.code, unknown.type]).toEqual([
      403,
      "account_invalid",
      "StripePermissionError",
    ]);
    expect(unknown.message).toContain("does not have access to account 'acct_1Nobody'");
    await stripe.accounts.del(account.id);
    expect((await refusal(stripe.customers.list({}, { stripeAccount: account.id }))).code).toBe(
      "account_invalid",
    );
    expect(() => sandbox.now("acct_1Nobody")).toThrow(RangeError);
  });

  it("send their events to the platform's connect endpoints and to their own, and nowhere else", async () => {
    const { stripe, sandbox, letters } = inProcess({ accounts: [shop] });
    const everything = { enabled_events: ["*" as const] };
    await stripe.webhookEndpoints.create({ ...everything, url: `${receiverUrl}/platform` });
    await stripe.webhookEndpoints.create({ ...everything, url: `${receiverUrl}/connect`, connect: true });
    await stripe.webhookEndpoints.create({ ...everything, url: `${receiverUrl}/own` }, on);
    await stripe.customers.create({}, on);
    await sandbox.settled();
    // Both are written to at once, so either may come first.
    expect(letters.map(({ url, body }) => [url.split("/").at(-1), JSON.parse(body).account]).sort()).toEqual([
      ["connect", shop],
      ["own", shop],
    ]);
    expect(sandbox.events(shop)[0]?.pending_webhooks).toBe(0);
    letters.length = 0;
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters.map(({ url }) => url.split("/").at(-1))).toEqual(["platform"]);
  });

  it("can be named by Stripe.js's parameter, too", async () => {
    const { stripe, sandbox } = inProcess({ accounts: [shop] });
    const intent = await stripe.paymentIntents.create({ amount: 1000, currency: "usd" }, on);
    const ask = (account: string) =>
      sandbox.fetch(
        new Request(
          `${sandbox.url}/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}${account}`,
          { headers: { authorization: `Bearer ${sandbox.publishableKey}` } },
        ),
      );
    expect((await ask(`&_stripe_account=${shop}`)).status).toBe(200);
    expect((await ask("")).status).not.toBe(200);
  });
});
