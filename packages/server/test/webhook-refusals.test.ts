import { afterAll, beforeAll, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { appUrl } from "./requests.js";
import { subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await openWorld({ store: memory() });
});
afterAll(() => world.close());

const warnings = () => world.logged.filter(({ level }) => level === "warn").map(({ message }) => message);

test("a wrong webhook secret is logged, counted in health and a problem there, until one is right", async () => {
  const { activated } = await subscribe(world, newUser());
  const stranger = { secret: "whsec_of_another_endpoint" };
  expect((await world.deliver(activated, stranger)).status).toBe(400);
  expect((await world.deliver(activated, stranger)).status).toBe(400);
  const told = /secret is not that of who sends.*Set STRIPE_WEBHOOK_SECRET to the sender's/;
  expect(warnings().filter((one) => told.test(one))).toHaveLength(1);
  expect(await world.billing.health({ timeoutSeconds: 50 })).toMatchObject({
    status: "degraded",
    problems: [expect.stringMatching(told)],
    webhooks: { accepted: 0, refused: 2 },
  });
  expect((await world.deliver(activated)).status).toBe(200);
  expect(await world.billing.health({ timeoutSeconds: 50 })).toMatchObject({
    status: "ok",
    webhooks: { accepted: 1, refused: 2 },
  });
  expect(JSON.stringify(world.logged)).not.toMatch(/whsec_/);
});

test("the webhook of a provider that does not exist says where events go", async () => {
  const { body } = await world.call("POST", "/webhook/stipe", { body: {} });
  expect(body.error.message).toContain("/api/billing/webhook/stripe");
});

test.each([
  ["/billing/access", "GET", "/billing"],
  ["/v1/pay/checkout/cs_1", "GET", "/v1/pay"],
  ["/webhook/stripe", "POST", "/"],
  ["/billing/nonsense", "GET", null],
])("%s, mounted elsewhere than `basePath` says, is told both paths", async (path, method, meant) => {
  const response = await world.billing.handler(new Request(`${appUrl}${path}`, { method }));
  const { error } = await response.json();
  expect([response.status, error.code]).toEqual([404, "not_found"]);
  expect(error.message).toContain(`called at ${path} and answers under /api/billing, its \`basePath\``);
  expect(error.details).toEqual({ path, basePath: "/api/billing" });
  if (meant === null) expect(error.message).not.toContain("createBilling");
  else expect(error.message).toContain(`createBilling({ basePath: "${meant}" })`);
});

test("no path is repeated with a secret that somebody put into it", async () => {
  for (const path of [
    "/sk_live_51Habcdef/plans",
    "/api/billing/whsec_abcdef123456",
    "/4242424242424242/access",
  ]) {
    const response = await world.billing.handler(new Request(`${appUrl}${path}`));
    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/sk_live_51|whsec_abc|42424242/);
  }
});

test("people on another origin than `appUrl` are noticed once they are signed in, once per origin", async () => {
  const on = (origin: string, user?: string) =>
    world.call("POST", "/checkout", {
      ...(user === undefined ? {} : { as: user }),
      body: { planId: "starter", interval: "month" },
      headers: { origin, "sec-fetch-site": "same-origin" },
    });
  const told = /People use the app at (\S+), and `appUrl` is https:\/\/app\.example\.com/;
  expect((await on("http://127.0.0.1:3000")).status).toBe(401);
  expect(warnings().filter((one) => told.test(one))).toEqual([]);
  const user = newUser();
  expect((await on("http://127.0.0.1:3000", user)).status).toBe(200);
  expect((await on("http://127.0.0.1:3000", user)).status).toBe(200);
  expect((await on(appUrl, user)).status).toBe(200);
  expect(warnings().filter((one) => told.test(one))).toEqual([
    expect.stringContaining("http://127.0.0.1:3000"),
  ]);
  const { problems } = await world.billing.health({ timeoutSeconds: 50 });
  expect(problems).toEqual([expect.stringMatching(told)]);
});
