import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { postgres } from "../src/stores/postgres/postgres.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { freshDatabase } from "./fresh-database.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };
const limited = { status: 429, body: { error: { code: "rate_limited" } } };

describeEachStore("how often a customer may open sessions", (createStore) => {
  let world: World;
  let store: Store;
  let strict: World["billing"];
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store });
    strict = world.instance({ store, rateLimits: { sessionsPerMinute: 3, checkoutReadsPerMinute: 2 } });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const checkout = (options: object = {}) =>
    world.call("POST", "/checkout", { as: user, body: starter, billing: strict, ...options });

  test("checkouts and portals count together; whoever asks too often is told when to come back", async () => {
    expect((await checkout()).status).toBe(200);
    expect((await checkout()).status).toBe(200);
    expect((await world.call("POST", "/portal", { as: user, body: {}, billing: strict })).status).toBe(200);
    for (const path of ["/checkout", "/portal"]) {
      const body = path === "/portal" ? {} : starter;
      const answer = await world.call("POST", path, { as: user, body, billing: strict });
      expect(answer).toMatchObject(limited);
      const seconds = answer.body.error.details.retryAfterSeconds;
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(answer.headers.get("retry-after")).toBe(String(seconds));
    }
  });

  test("one customer's clicks are not held against another", async () => {
    for (let n = 0; n < 4; n += 1) await checkout();
    expect(await checkout()).toMatchObject(limited);
    expect((await checkout({ as: newUser() })).status).toBe(200);
  });

  test("what was refused for another reason does not count", async () => {
    for (let n = 0; n < 5; n += 1) {
      expect((await checkout({ role: "member" })).status).toBe(403);
      expect((await checkout({ body: { ...starter, amount: 1 } })).status).toBe(400);
      expect((await checkout({ headers: { origin: "https://evil.example" } })).status).toBe(403);
    }
    expect((await checkout()).status).toBe(200);
  });

  test("looks at a checkout have a limit of their own, including for a page that the server renders", async () => {
    const { body } = await checkout();
    const look = () => world.call("GET", `/checkout/${body.id}`, { as: user, billing: strict });
    expect((await look()).status).toBe(200);
    const request = new Request("https://app.example.com/return", { headers: { "x-user": user } });
    await strict.settleCheckout(request, body.id);
    expect(await look()).toMatchObject(limited);
    await expect(strict.settleCheckout(request, body.id)).rejects.toMatchObject({ code: "rate_limited" });
    expect((await checkout()).status).toBe(200);
  });

  test("the provider's events are never limited", async () => {
    await world.buy(user);
    for (let n = 0; n < 4; n += 1) await checkout();
    for (const event of world.events(user)) {
      for (let n = 0; n < 5; n += 1) {
        expect((await world.deliver(event, { billing: strict })).status).toBe(200);
      }
    }
  });

  test("by default twenty a minute, and as many as one likes when it is switched off", async () => {
    const statuses = async (billing: World["billing"], as: string) => {
      const answers = [];
      for (let n = 0; n < 21; n += 1) answers.push((await checkout({ billing, as })).status);
      return answers;
    };
    expect(await statuses(world.billing, user)).toEqual([...Array(20).fill(200), 429]);
    const free = world.instance({ store, rateLimits: false });
    expect(await statuses(free, newUser())).toEqual(Array(21).fill(200));
  });

  test.each([{ sessionsPerMinute: 0 }, { sessionsPerMinute: 1.5 }, { checkoutReadsPerMinute: Number.NaN }])(
    "refuses %j as a limit",
    (rateLimits) => {
      expect(() => world.instance({ store, rateLimits })).toThrowError(/`rateLimits` must be false, or/);
    },
  );
});

describeOnPostgres("how often, over two instances", (createStore) => {
  test("they count together", async () => {
    const world = await openWorld({ store: createStore() });
    const other = world.instance({ store: createStore() });
    const as = newUser();
    const clicks = Array.from({ length: 24 }, (_, n) =>
      world.call("POST", "/portal", { as, body: {}, billing: n % 2 === 0 ? world.billing : other }),
    );
    const statuses = (await Promise.all(clicks)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 409)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    await other.close();
    await world.close();
  });
});

test("a database that is out of reach is 503, not a free pass", async () => {
  const database = await freshDatabase();
  const world = await openWorld({ store: postgres(database.pool) });
  const as = newUser();
  expect((await world.call("POST", "/checkout", { as, body: starter })).status).toBe(200);
  await database.drop();
  expect(await world.call("POST", "/checkout", { as, body: starter })).toMatchObject({
    status: 503,
    body: { error: { code: "store_unavailable" } },
  });
  await world.close();
});
