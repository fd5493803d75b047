import { afterAll, beforeAll, expect, it } from "vitest";
import { type Shop, startShop } from "../../test/start-shop.js";
import { scenarioNames } from "../scenarios/scenarios.js";
import { playCommand } from "./play-command.js";

let shop: Shop;
let env: Record<string, string>;
beforeAll(async () => {
  shop = await startShop({ secretKey: "sk_test_own", accounts: ["acct_shop"] });
  env = { STRIPE_API_BASE: shop.sandbox.url, STRIPE_SECRET_KEY: "sk_test_own" };
});
afterAll(() => shop.close());

it("lists the scenarios when it is given none", async () => {
  const out = await playCommand([], {});
  for (const name of scenarioNames) expect(out).toContain(`  ${name} `);
});

it("plays in the sandbox that the environment names, and prints what happened", async () => {
  const out = await playCommand(["renewal"], env);
  expect(out).toMatch(/^Renewal\n {2}/);
  expect(out).toMatch(/\n {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}invoice\.paid +in_\w+\n/);
  expect(out).toMatch(/\n {2}customer +cus_\w+\n/);
  expect(out).toMatch(/\n {2}status +active\n/);
});

it("takes flags: whom, where and with what key, and prints JSON on demand", async () => {
  const { id } = await shop.stripe.customers.create();
  const { port } = new URL(shop.sandbox.url);
  const out = await playCommand(
    ["refund", `--customer=${id}`, `--port=${port}`, "--secret-key=sk_test_own", "--json"],
    { STRIPE_API_BASE: "http://127.0.0.1:9" },
  );
  expect(JSON.parse(out)).toMatchObject({ scenario: "refund", customer: id, status: "active" });
  const connected = await playCommand(["refund", "--account=acct_shop", "--json"], env);
  const { customer } = JSON.parse(connected) as { customer: string };
  const found = await shop.stripe.customers.retrieve(customer, {}, { stripeAccount: "acct_shop" });
  expect(found.id).toBe(customer);
});

it.each([
  [["bankruptcy"], /There is no scenario bankruptcy. These are:\n {2}renewal /],
  [["renewal", "refund"], /play takes one scenario/],
  [["renewal", "--customer=cus_none"], /No such customer: 'cus_none'/],
  [["renewal", "--secret-key=sk_test_wrong"], /Invalid API Key provided/],
  [["renewal", "--url=http://127.0.0.1:9"], /No sandbox answers at http:\/\/127.0.0.1:9: start one with/],
])("says what is wrong with %s", async (args, message) => {
  await expect(playCommand(args, env)).rejects.toThrow(message);
});

it("is one call of the API, which any language can make", async () => {
  const { stripe } = shop;
  const listed = (await stripe.rawRequest("GET", "/v1/sandbox/scenarios")) as unknown as {
    data: { id: string }[];
  };
  expect(listed.data.map(({ id }) => id)).toEqual(scenarioNames);
  const played = await stripe.rawRequest("POST", "/v1/sandbox/scenarios/plan_switch", {});
  expect(played).toMatchObject({ object: "sandbox.played", status: "active" });
  await expect(stripe.rawRequest("POST", "/v1/sandbox/scenarios/nothing", {})).rejects.toMatchObject({
    code: "scenario_unknown",
  });
  await expect(
    stripe.rawRequest("POST", "/v1/sandbox/scenarios/renewal", { colour: "red" } as never),
  ).rejects.toMatchObject({ code: "parameter_unknown" });
});
