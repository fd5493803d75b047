import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

describe("the API's manners", () => {
  it.each([
    ["an unknown parameter", { name: "Pro", colour: "red" }, "parameter_unknown", "colour"],
    [
      "an unknown nested one",
      { name: "Pro", metadata: {}, marketing_features: [{ nme: "x" }] },
      "parameter_unknown",
      "marketing_features[0][nme]",
    ],
    ["a missing one", {}, "parameter_missing", "name"],
    ["an empty one", { name: "" }, "parameter_invalid_empty", "name"],
    ["a wrong type", { name: "Pro", active: "maybe" }, undefined, "active"],
  ])("refuses %s and names it", async (_, params, code, param) => {
    const { stripe, sandbox } = await connect();
    const error = await refusal(stripe.products.create(params as Stripe.ProductCreateParams));
    expect([error.statusCode, error.rawType, error.code, error.param]).toEqual([
      400,
      "invalid_request_error",
      code,
      param,
    ]);
    expect(error.requestId).toMatch(/^req_/);
    expect(sandbox.events()).toEqual([]);
  });

  it("refuses a value that is not among the choices, and a number that is not one", async () => {
    const { stripe } = await connect();
    const base = { currency: "usd", product_data: { name: "Pro" } };
    const interval = await refusal(
      stripe.prices.create({ ...base, unit_amount: 1, recurring: { interval: "fortnight" } }),
    );
    expect([interval.param, interval.message]).toEqual([
      "recurring[interval]",
      "Invalid recurring[interval]: must be one of month, year, week, or day",
    ]);
    const amount = await refusal(stripe.prices.create({ ...base, unit_amount: 1.5 }));
    expect(amount.code).toBe("parameter_invalid_integer");
  });

  it("answers unknown addresses and missing objects in Stripe's envelope", async () => {
    const { stripe, sandbox } = await connect();
    const missing = await refusal(stripe.customers.retrieve("cus_none"));
    expect([missing.statusCode, missing.code, missing.param]).toEqual([404, "resource_missing", "id"]);
    expect((await refusal(stripe.customers.retrieve("constructor"))).code).toBe("resource_missing");
    const referred = await refusal(
      stripe.prices.create({ currency: "usd", unit_amount: 1, product: "prod_none" }),
    );
    expect([referred.statusCode, referred.code, referred.param]).toEqual([
      400,
      "resource_missing",
      "product",
    ]);
    const unknown = await refusal(stripe.topups.list());
    expect([unknown.statusCode, unknown.rawType]).toEqual([404, "invalid_request_error"]);
    expect((await fetch(`${sandbox.url}/v1/nothing`)).status).toBe(404);
  });

  it("says of what Stripe has and it does not play that this is so, and of all else what Stripe says", async () => {
    const { stripe } = await connect();
    const unplayed = /^Unrecognized request URL \(.*\)\. Stripe has it, and this sandbox does not play it/;
    for (const call of [
      () => stripe.topups.list(),
      () => stripe.issuing.cards.create({ currency: "usd", type: "virtual" }),
      () => stripe.customers.retrieveCashBalance("cus_1"),
      () => stripe.terminal.readers.list(),
    ])
      expect((await refusal(call())).message).toMatch(unplayed);
    expect((await refusal(stripe.rawRequest("GET", "/v1/nothing"))).message).toBe(
      "Unrecognized request URL (GET: /v1/nothing). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.",
    );
    expect((await refusal(stripe.rawRequest("POST", "/v1/customers/cus_1/nothing"))).message).toContain(
      "Please see",
    );
  });

  it("takes only its own keys, and hides a wrong one", async () => {
    const { sandbox } = await connect();
    const { hostname, port } = new URL(sandbox.url);
    const at = (key: string) =>
      new Stripe(key, { host: hostname, port, protocol: "http", maxNetworkRetries: 0 });
    const wrong = await refusal(at("sk_test_this_is_wrong_1234").customers.list());
    expect([wrong.statusCode, wrong.type]).toEqual([401, "StripeAuthenticationError"]);
    expect(wrong.message).not.toContain("this_is_wrong");
    const publishable = await refusal(at(sandbox.publishableKey).customers.list());
    expect([publishable.statusCode, publishable.code]).toEqual([403, "secret_key_required"]);
    expect((await fetch(`${sandbox.url}/v1/customers`)).status).toBe(401);
  });

  it("gives a repeated key the stored answer, and refuses it with other parameters", async () => {
    const { stripe, sandbox } = await connect();
    const options = { idempotencyKey: "once" };
    const first = await stripe.customers.create({ name: "Ada" }, options);
    const again = await stripe.customers.create({ name: "Ada" }, options);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    const other = await refusal(stripe.customers.create({ name: "Bob" }, options));
    expect([other.statusCode, other.rawType]).toEqual([400, "idempotency_error"]);
    expect(sandbox.events().map((event) => event.request?.idempotency_key)).toEqual(["once"]);
  });

  it("replays a declined card, too", async () => {
    const { stripe, sandbox } = await connect();
    const create = () =>
      refusal(
        stripe.paymentIntents.create(
          { amount: 500, currency: "usd", confirm: true, payment_method: "pm_card_chargeDeclined" },
          { idempotencyKey: "declined" },
        ),
      );
    const [first, second] = [await create(), await create()];
    expect([first.code, second.code]).toEqual(["card_declined", "card_declined"]);
    expect(sandbox.events().filter((event) => event.type === "charge.failed")).toHaveLength(1);
  });

  it("pages through lists both ways and as the SDK iterates", async () => {
    const { stripe } = await connect();
    const ids: string[] = [];
    for (let index = 0; index < 7; index++) ids.unshift((await stripe.customers.create({})).id);
    const page = await stripe.customers.list({ limit: 3 });
    expect([page.data.map((row) => row.id), page.has_more]).toEqual([ids.slice(0, 3), true]);
    const next = await stripe.customers.list({ limit: 3, starting_after: ids[2] ?? "" });
    expect(next.data.map((row) => row.id)).toEqual(ids.slice(3, 6));
    const back = await stripe.customers.list({ limit: 2, ending_before: ids[3] ?? "" });
    expect(back.data.map((row) => row.id)).toEqual(ids.slice(1, 3));
    const all: string[] = [];
    for await (const row of stripe.customers.list({ limit: 2 })) all.push(row.id);
    expect(all).toEqual(ids);
    expect((await stripe.customers.list({ limit: 101 })).data).toHaveLength(ids.length);
  });

  it("expands references, nested ones and inside lists, and refuses what can't be expanded", async () => {
    const { stripe } = await connect();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const { data } = await stripe.subscriptions.list({ expand: ["data.customer"] });
    expect(data[0]?.customer).toMatchObject({ id: customer.id, email: "ada@example.com" });
    const one = await stripe.subscriptions.retrieve(data[0]?.id ?? "", {
      expand: ["latest_invoice.payments", "latest_invoice.customer", "default_payment_method"],
    });
    expect(one.latest_invoice).toMatchObject({
      customer: { object: "customer" },
      payments: { object: "list" },
    });
    const error = await refusal(stripe.customers.retrieve(customer.id, { expand: ["nothing"] }));
    expect(error.message).toContain("cannot be expanded (nothing)");
    const deep = await refusal(stripe.subscriptions.list({ expand: ["data.items.data.price.product"] }));
    expect(deep.code).toBe("property_expansion_max_depth");
  });

  it("merges metadata, unsets a key with an empty value and all of them with an empty whole", async () => {
    const { stripe, sandbox } = await connect();
    const { id } = await stripe.customers.create({ metadata: { a: "1", b: "2" } });
    const merged = await stripe.customers.update(id, { metadata: { b: "", c: "3" } });
    expect(merged.metadata).toEqual({ a: "1", c: "3" });
    expect(sandbox.events().at(-1)?.data.previous_attributes).toEqual({ metadata: { b: "2", c: null } });
    expect((await stripe.customers.update(id, { metadata: "" })).metadata).toEqual({});
  });

  it("moves a lookup key only when told to", async () => {
    const { stripe } = await connect();
    const old = await stripe.prices.create({
      currency: "usd",
      unit_amount: 1,
      product_data: { name: "A" },
      lookup_key: "pro",
    });
    const params = { currency: "usd", unit_amount: 2, product: old.product as string, lookup_key: "pro" };
    expect((await refusal(stripe.prices.create(params))).param).toBe("lookup_key");
    const fresh = await stripe.prices.create({ ...params, transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: ["pro"] })).data.map((price) => price.id)).toEqual([
      fresh.id,
    ]);
    expect((await stripe.prices.retrieve(old.id)).lookup_key).toBeNull();
  });

  it("lets pages of the developer's own hosts call what Stripe.js calls", async () => {
    const { sandbox } = await connect();
    const ask = (path: string, origin: string) =>
      fetch(`${sandbox.url}${path}`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-headers": "authorization" },
      });
    const allowed = await ask("/v1/payment_methods", "http://localhost:3000");
    const header = (name: string) => allowed.headers.get(`access-control-allow-${name}`);
    expect([allowed.status, header("origin"), header("methods")]).toEqual([
      204,
      "http://localhost:3000",
      "POST",
    ]);
    expect(header("headers")).toContain("Authorization");
    expect((await ask("/v1/customers", "http://localhost:3000")).status).toBe(404);
    const stranger = await ask("/v1/payment_methods", "http://app.test");
    expect([stranger.status, stranger.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  });
});
