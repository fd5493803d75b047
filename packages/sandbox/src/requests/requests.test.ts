import { describe, expect, it } from "vitest";
import { inProcess, receiverUrl } from "../../test/in-process.js";
import { blankParams, blankText } from "./blank-secrets.js";

describe("the request log", () => {
  it("has what was asked, for whom, and what was answered", async () => {
    const { sandbox, stripe } = inProcess({ accounts: ["acct_shop"] });
    const { id } = await stripe.customers.create({ email: "ada@example.com" });
    await stripe.customers.retrieve(id);
    await stripe.customers.list({ limit: 3 }, { stripeAccount: "acct_shop" });
    await stripe.prices.create({ currency: "usd", colour: "red" } as never).catch(() => {});
    const [made, read, listed, refused] = sandbox.requests();
    expect(made).toMatchObject({
      id: expect.stringMatching(/^req_/),
      at: "2027-01-01T00:00:00.000Z",
      method: "POST",
      path: "/v1/customers",
      route: "/v1/customers",
      params: { email: "ada@example.com" },
      key: "secret",
      by: "app",
      status: 200,
      error: null,
    });
    expect(JSON.parse(made?.answer ?? "")).toMatchObject({ id });
    expect(read).toMatchObject({ path: `/v1/customers/${id}`, route: "/v1/customers/:id", params: {} });
    expect(listed).toMatchObject({ account: "acct_shop", params: { limit: "3" } });
    expect(refused).toMatchObject({
      status: 400,
      error: { code: "parameter_unknown", param: "colour", message: "Received unknown parameter: colour" },
    });
  });

  it("has requests with a wrong key and of unknown routes", async () => {
    const { sandbox, as, stripe } = inProcess();
    await as("sk_test_wrong")
      .customers.list()
      .catch(() => {});
    await stripe.rawRequest("GET", "/v1/nothing").catch(() => {});
    expect(sandbox.requests().map(({ status, key, route }) => [status, key, route])).toEqual([
      [401, "none", "/v1/customers"],
      [404, "none", null],
    ]);
  });

  it("keeps the newest thousand, the beginning of long answers, and nothing over a reset", async () => {
    const { sandbox, stripe } = inProcess();
    const name = "long".repeat(60);
    for (let made = 0; made < 1100; made++) await stripe.products.create({ name });
    const { data } = await stripe.products.list({ limit: 100 });
    expect(data).toHaveLength(100);
    const requests = sandbox.requests();
    expect([requests.length, requests.at(-1)?.answer.length]).toEqual([1000, 16_384]);
    sandbox.reset();
    expect(sandbox.requests()).toEqual([]);
  });

  it("tells an app's requests from a scenario's", async () => {
    const { sandbox } = inProcess();
    await sandbox.play("renewal");
    expect(new Set(sandbox.requests().map(({ by }) => by))).toEqual(new Set(["scenario"]));
  });
});

describe("secrets are blanked", () => {
  it.each([
    ["sk_test_abc123", "sk_test_[blanked]"],
    ["key rk_live_xyz, whsec_dG9sbGdhdGU=", "key rk_live_[blanked], whsec_[blanked]"],
    ["pi_123_secret_456", "pi_123_secret_[blanked]"],
    ["cs_test_a1b2_secret_c3", "cs_test_a1b2_secret_[blanked]"],
    ["Authorization: Bearer abcdef0123456789", "Authorization: [blanked] [blanked]"],
    ["postgres://app:hunter2@db:5432/app", "postgres://app:[blanked]@db:5432/app"],
    ['{"password": "hunter2", "n": 1}', '{"password": "[blanked]", "n": 1}'],
    ["DB_PASSWORD=hunter2 at line 3", "DB_PASSWORD=[blanked] at line 3"],
    ["eyJhbGciOi.eyJzdWIiOi.c2lnbmF0", "[blanked]"],
    ["card 4111 1111 1111 1111 refused", "card ************1111 refused"],
    ["card 4242 4242 4242 4242 pays", "card 4242 4242 4242 4242 pays"],
    [
      "Basic subscription of cus_123 at 1790000000, evt_1Q",
      "Basic subscription of cus_123 at 1790000000, evt_1Q",
    ],
  ])("in %s", (text, left) => {
    expect(blankText(text).replace(/(Authorization: )\[blanked\] .*/, "$1[blanked] [blanked]")).toBe(left);
  });

  it("in parameters, at any depth, and an own field's key is none", () => {
    const card = { number: "4111111111111111", cvc: "123", exp_month: "12" };
    const given = { card, custom_fields: [{ key: "size" }], client_secret: "pi_1_secret_2", url: "" };
    expect(blankParams(given)).toEqual({
      card: { number: "************1111", cvc: "[blanked]", exp_month: "12" },
      custom_fields: [{ key: "size" }],
      client_secret: "[blanked]",
      url: "",
    });
  });

  it("in what the log keeps and gives", async () => {
    const { sandbox, stripe } = inProcess();
    await stripe.setupIntents.create();
    await stripe.webhookEndpoints.create({ url: receiverUrl, enabled_events: ["*"] });
    await stripe.customers.create({ metadata: { password: "hunter2" } });
    const text = JSON.stringify(sandbox.requests());
    expect(text).not.toMatch(/_secret_(?!\[blanked)|whsec_(?!\[blanked)|hunter2/);
  });
});

describe("what went wrong last", () => {
  it("is nothing at first, then the request that was refused and why", async () => {
    const { sandbox, stripe } = inProcess();
    expect(sandbox.problems()).toEqual({ request: null, webhook: null });
    await stripe.customers.retrieve("cus_none").catch(() => {});
    await stripe.customers.list();
    await sandbox.play("renewal", { customer: "cus_other" }).catch(() => {});
    expect(sandbox.problems().request).toMatchObject({
      path: "/v1/customers/cus_none",
      status: 404,
      error: { code: "resource_missing", message: "No such customer: 'cus_none'" },
    });
  });

  it("is the webhook that was not taken, with the answer's beginning, until it is taken", async () => {
    const lines: string[] = [];
    const own = inProcess({ webhooks: [{ url: receiverUrl }], onProblem: (line) => lines.push(line) });
    own.answer(
      () => new Response(`No such table: plans\n  password=hunter2 ${"x".repeat(900)}`, { status: 500 }),
    );
    const { id } = await own.stripe.customers.create();
    await own.sandbox.settled();
    const { webhook } = own.sandbox.problems();
    expect(webhook).toMatchObject({ type: "customer.created", url: receiverUrl, status: 500, error: null });
    expect(webhook?.body).toMatch(/^No such table: plans\n {2}password=\[blanked\] x+$/);
    expect(webhook?.body).toHaveLength(300);
    expect(lines).toEqual([
      expect.stringContaining(
        `customer.created → ${receiverUrl} 500 "No such table: plans password=[blanked] xx`,
      ),
    ]);
    own.answer(() => new Response("ok"));
    own.sandbox.advance(new Date(own.sandbox.now().getTime() + 5000));
    await own.sandbox.settled();
    expect([own.sandbox.problems().webhook, id.startsWith("cus_")]).toEqual([null, true]);
  });

  it("names the reason where there was no answer, and leaves out what chaos spoiled on purpose", async () => {
    const own = inProcess({ webhooks: [{ url: receiverUrl }] });
    own.answer(() => Promise.reject(new Error("connect ECONNREFUSED")));
    await own.stripe.customers.create();
    await own.sandbox.settled();
    expect(own.sandbox.problems().webhook).toMatchObject({
      status: null,
      error: "connect ECONNREFUSED",
      body: "",
    });
    own.sandbox.reset();
    own.answer((letter) => new Response("", { status: letter.signature.includes("v1=") ? 400 : 200 }));
    own.sandbox.chaos({ drop: 1 });
    await own.stripe.customers.create();
    expect(own.sandbox.problems().webhook).toBeNull();
  });

  it("is told line by line", async () => {
    const lines: string[] = [];
    const { stripe } = inProcess({ onProblem: (line) => lines.push(line) });
    await stripe.prices.create({ currency: "usd", colour: "red" } as never).catch(() => {});
    const { id } = await stripe.customers.create();
    await stripe.paymentMethods
      .attach("pm_card_chargeDeclinedInsufficientFunds", { customer: id })
      .catch(() => {});
    expect(lines).toEqual([
      "POST /v1/prices 400 parameter_unknown: Received unknown parameter: colour",
      expect.stringMatching(
        /^POST \/v1\/payment_methods\/pm_card_\w+\/attach 402 insufficient_funds: Your card /,
      ),
    ]);
  });
});
