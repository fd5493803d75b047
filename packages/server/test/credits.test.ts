import { randomUUID } from "node:crypto";
import { type BillingError, callbackTypes, type Store } from "@tollgate/core";
import { accessResponse, creditsResponse } from "@tollgate/core/contract";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Billing, BillingOptions } from "../src/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const plans = {
  ...buildCatalog(),
  products: {
    ...buildCatalog().products,
    pack: { name: "Pack", price: { usd: 500, eur: 450 }, credits: { tokens: 100 } },
    gift: { name: "Gift", price: { usd: 100 }, credits: { tokens: 1_000 }, once: true },
    tiny: { name: "Tiny", price: { usd: 1 }, credits: { minutes: 1 } },
  },
  credits: { tokens: { name: "Tokens", lowAt: 20 }, minutes: { name: "Minutes" } },
};
const credit = "tokens";
const key = (): string => randomUUID();

interface Options extends Partial<Pick<BillingOptions<typeof plans>, "clock" | "on" | "jobs">> {
  readonly store?: Store;
}
/** An instance whose catalog has credits, which the others' catalog lacks. */
const instanceOf = (world: World, options: Options = {}) =>
  world.instance({ plans, ...options } as never) as unknown as Billing<typeof plans>;

describeEachStore("credits", (createStore) => {
  let world: World;
  let billing: Billing<typeof plans>;
  let of: { readonly customerId: string; readonly credit: "tokens" };

  beforeAll(async () => {
    world = await openWorld({ store: createStore(), jobs: "manual" });
    billing = instanceOf(world);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    of = { customerId: newUser(), credit };
  });

  test("what there is too little of names the packs that would be enough, and what they cost", async () => {
    await grant(30);
    const asks = [
      billing.credits.consume({ ...of, amount: 231, idempotencyKey: key() }),
      billing.credits.reserve({ ...of, amount: 231 }),
    ];
    const unlocks = [
      { kind: "product", productId: "pack", quantity: 3, credits: 300, amounts: { usd: 1_500, eur: 1_350 } },
    ];
    for (const asked of asks)
      await expect(asked).rejects.toMatchObject({
        code: "limit_reached",
        details: { available: 30, unlocks },
      });
  });

  const grant = (amount: number, terms: { expiresAt?: Date; priority?: number } = {}) =>
    billing.credits.grant({ ...of, amount, reason: "Test", idempotencyKey: key(), ...terms });
  const reserve = (amount: number, terms: { idempotencyKey?: string; expiresInSeconds?: number } = {}) =>
    billing.credits.reserve({ ...of, amount, ...terms });
  const consume = (amount: number, idempotencyKey = key()) =>
    billing.credits.consume({ ...of, amount, idempotencyKey });
  const balance = async () => {
    const { available, held, owed } = await billing.credits.balance(of);
    return { available, held, owed };
  };
  const ledger = async () =>
    (await billing.credits.list({ ...of, limit: 100 })).entries.map(({ kind, amount }) => [kind, amount]);
  const inDays = (days: number) => new Date(world.sandbox.now().getTime() + days * 86_400_000);

  test("are granted by hand, used, and told with what they came from", async () => {
    const gift = { ...of, amount: 100, reason: "Welcome", idempotencyKey: "welcome" };
    expect(await billing.credits.grant(gift)).toEqual({ granted: true, grantId: "hand:welcome" });
    expect(await billing.credits.grant(gift)).toEqual({ granted: false, grantId: "hand:welcome" });
    const other = billing.credits.grant({ ...gift, amount: 5 });
    await expect(other).rejects.toMatchObject({ code: "invalid_idempotency_key" });
    expect(await consume(30, "job")).toEqual({ consumed: true, available: 70 });
    expect(await consume(30, "job")).toEqual({ consumed: false, available: 70 });
    await expect(consume(31, "job")).rejects.toMatchObject({ code: "invalid_idempotency_key" });
    expect(await billing.credits.balance(of)).toMatchObject({
      ...{ available: 70, held: 0, owed: 0, expiring: null },
      grants: [{ id: "hand:welcome", amount: 100, left: 70, source: { kind: "hand" } }],
    });
    expect(await ledger()).toEqual([
      ["used", -30],
      ["granted", 100],
    ]);
    expect(await billing.credits.balance({ ...of, credit: "minutes" })).toMatchObject({ available: 0 });
  });

  test("are shown to whoever acts for the customer, by GET /credits, and to nobody else", async () => {
    const soon = inDays(1);
    await grant(50, { expiresAt: soon });
    await grant(30);
    await reserve(20);
    const ask = async (headers: Record<string, string>) => {
      const url = "https://app.example.com/api/billing/credits";
      const response = await billing.handler(new Request(url, { headers }));
      return { status: response.status, body: creditsResponse.safeParse(await response.json()).data };
    };
    const none = { available: 0, held: 0, owed: 0, expiring: null };
    const tokens = { available: 60, held: 20, owed: 0, expiring: { amount: 30, at: soon.toISOString() } };
    expect(await ask({ "x-user": of.customerId })).toEqual({
      status: 200,
      body: { credits: { tokens, minutes: none } },
    });
    expect(await ask({ "x-user": newUser() })).toMatchObject({ body: { credits: { tokens: none } } });
    expect(await ask({})).toMatchObject({ status: 401 });
  });

  test("are part of access, on every way to it, and what is used is seen by the next who asks", async () => {
    await grant(50, { expiresAt: inDays(2) });
    const request = () =>
      new Request("https://app.example.com/api/billing/access", { headers: { "x-user": of.customerId } });
    const shown = async (instance = billing) => {
      const { credits } = await instance.access(request());
      const body = accessResponse.parse(await (await instance.handler(request())).json());
      expect(body.credits).toEqual(credits);
      return credits;
    };
    const expiring = { amount: 50, at: inDays(2).toISOString() };
    const none = { available: 0, held: 0, owed: 0, expiring: null };
    const tokens = { available: 50, held: 0, owed: 0, expiring };
    expect(await shown()).toEqual({ tokens, minutes: none });
    await reserve(20);
    await consume(10);
    expect(await shown()).toMatchObject({
      tokens: { available: 20, held: 20, expiring: { ...expiring, amount: 20 } },
    });
    const later = instanceOf(world, { clock: () => inDays(3) });
    expect(await shown(later)).toEqual({ tokens: none, minutes: none });
    // A catalog without credits says nothing of them.
    expect((await world.billing.access(request())).state).not.toHaveProperty("credits");
    expect((await billing.access(new Request("https://app.example.com/"))).state).not.toHaveProperty(
      "credits",
    );
  });

  test("what check allows can be used, and what it denies can't", async () => {
    await grant(50);
    const hold = await reserve(20);
    for (const amount of [30, 31]) {
      const { allowed, available } = await billing.credits.check({ ...of, amount });
      expect({ allowed, available }).toEqual({ allowed: amount === 30, available: 30 });
    }
    const refused = { code: "limit_reached", status: 402, details: { credit, available: 30, amount: 31 } };
    await expect(consume(31)).rejects.toMatchObject(refused);
    await expect(reserve(31)).rejects.toMatchObject(refused);
    expect(await consume(30)).toEqual({ consumed: true, available: 0 });
    await expect(hold.commit(21)).rejects.toMatchObject({
      ...refused,
      details: { credit, available: 0, amount: 21 },
    });
    expect(await hold.commit(20)).toEqual({ used: 20, available: 0 });
  });

  test("the soonest to expire are used first, and an expiry takes only what is left of its own", async () => {
    await grant(100, { expiresAt: inDays(20) });
    await grant(500);
    await grant(50, { expiresAt: inDays(5) });
    await consume(120);
    const { grants, expiring } = await billing.credits.balance(of);
    expect(grants.map(({ left }) => left)).toEqual([30, 500]);
    expect(expiring).toEqual({ amount: 30, at: inDays(20).toISOString() });
    const later = instanceOf(world, { clock: () => inDays(21) });
    const [use, sweep] = await Promise.all([
      later.credits.consume({ ...of, amount: 10, idempotencyKey: key() }),
      later.runJobs(),
    ]);
    expect([use.available, sweep.failed]).toEqual([490, 0]);
    expect((await later.credits.list(of)).entries.filter(({ kind }) => kind === "expired")).toMatchObject([
      { amount: -30 },
    ]);
  });

  test("a job that comes twice holds once, and the second's failure does not free what the first holds", async () => {
    await grant(1000);
    const first = await reserve(250, { idempotencyKey: "job" });
    const second = await reserve(250, { idempotencyKey: "job" });
    expect([first.duplicate, second.duplicate, second.id]).toEqual([false, true, first.id]);
    await second.release();
    expect(await balance()).toEqual({ available: 750, held: 250, owed: 0 });
    await first.release();
    await first.release();
    expect(await balance()).toEqual({ available: 1000, held: 0, owed: 0 });
    await expect(first.commit(5)).rejects.toMatchObject({
      code: "not_found",
      details: { state: "released" },
    });
    await expect(reserve(251, { idempotencyKey: "job" })).rejects.toMatchObject({
      code: "invalid_idempotency_key",
    });
  });

  test("a hold can be settled by another process, and committed again without being used again", async () => {
    await grant(100);
    const { id: holdId } = await reserve(40);
    const found = await instanceOf(world).credits.findHold({ ...of, holdId });
    expect(found).toMatchObject({ id: holdId, amount: 40, state: "open", available: 60 });
    expect(await found?.commit(25)).toEqual({ used: 25, available: 75 });
    expect(await found?.commit(25)).toEqual({ used: 25, available: 75 });
    await expect(found?.commit(26)).rejects.toMatchObject({ details: { state: "committed" } });
    expect(await billing.credits.findHold({ ...of, holdId: "none" })).toBeNull();
  });

  test("a sweep and a late commit at once settle a hold once", async () => {
    for (let round = 0; round < 5; round += 1) {
      of = { customerId: newUser(), credit };
      await grant(100);
      const { id: holdId } = await reserve(60, { expiresInSeconds: 60 });
      const [early, late] = [59, 61].map((seconds) =>
        instanceOf(world, { clock: () => new Date(world.sandbox.now().getTime() + seconds * 1000) }),
      );
      const [committed] = await Promise.all([
        early?.credits.findHold({ ...of, holdId }).then((hold) =>
          hold?.commit(60).then(
            () => true,
            ({ code }: BillingError) => code,
          ),
        ),
        late?.runJobs(),
      ]);
      const used = (await ledger()).filter(([kind]) => kind === "used").length;
      expect(await late?.credits.balance(of)).toMatchObject({ available: used === 1 ? 40 : 100, held: 0 });
      expect(committed).toBe(used === 1 ? true : "not_found");
    }
  });

  test("what nobody settles is free again after its time, and what is revoked is never what is held", async () => {
    await grant(100);
    await reserve(30, { expiresInSeconds: 10 });
    const all = { ...of, reason: "Mistake", idempotencyKey: "revoke" };
    expect(await billing.credits.revoke(all)).toEqual({ revoked: 70 });
    expect(await billing.credits.revoke(all)).toEqual({ revoked: 70 });
    const later = instanceOf(world, { clock: () => inDays(1) });
    expect(await later.credits.balance(of)).toMatchObject({ available: 30, held: 0 });
    await later.runJobs();
    expect((await ledger())[0]).toEqual(["taken_back", -70]);
  });

  test("that they run low is told once, and again only after there were more", async () => {
    const told: number[] = [];
    const on = {
      "credits.low": ({ customerId, available }: { customerId: string; available: number }) => {
        if (customerId === of.customerId) told.push(available);
      },
    };
    expect(callbackTypes).toContain("credits.low");
    const hearing = instanceOf(world, { on });
    await hearing.runJobs();
    await grant(100);
    for (const amount of [70, 15, 5]) await consume(amount);
    await grant(50);
    await consume(45);
    await hearing.runJobs();
    expect(told).toEqual([15, 15]);
  });

  test.each([
    ["unknown_feature", { credit: "coins" }],
    ["invalid_customer_id", { customerId: "x".repeat(201) }],
    ["invalid_quantity", { amount: 0 }],
    ["invalid_quantity", { amount: 1.5 }],
    ["invalid_quantity", { amount: 1_000_000_000_001 }],
    ["invalid_time", { expiresAt: "2020-01-01" }],
    ["invalid_time", { expiresAt: "soon" }],
    ["invalid_options", { priority: 101 }],
    ["invalid_options", { reason: "" }],
    ["invalid_idempotency_key", { idempotencyKey: "" }],
  ])("%s: refuses %j and grants nothing", async (code, wrong) => {
    const gift = { ...of, amount: 5, reason: "Test", idempotencyKey: key() };
    await expect(billing.credits.grant({ ...gift, ...wrong } as never)).rejects.toMatchObject({ code });
    expect(await ledger()).toEqual([]);
  });

  test("refuses holds of no length, and pages that there are not", async () => {
    await expect(reserve(1, { expiresInSeconds: 0 })).rejects.toMatchObject({ code: "invalid_options" });
    await expect(billing.credits.list({ ...of, limit: 101 })).rejects.toMatchObject({
      code: "invalid_query",
    });
    await expect(billing.credits.list({ ...of, after: "x" })).rejects.toMatchObject({
      code: "invalid_query",
    });
  });

  test("names of credits that the catalog lacks don't compile", () => {
    const wrong = () => {
      // @ts-expect-error
      void billing.credits.balance({ customerId: "org_1", credit: "coins" });
      // @ts-expect-error
      void world.billing.credits.balance({ customerId: "org_1", credit: "tokens" });
    };
    expect(wrong).toBeTypeOf("function");
  });
});

describeOnPostgres("credits on two instances", (createStore) => {
  test("of 50 reservations at once exactly as many succeed as there is room for", async () => {
    const world = await openWorld({ store: createStore(), jobs: "manual" });
    const instances = [instanceOf(world), instanceOf(world, { store: createStore() })] as const;
    const of = { customerId: newUser(), credit } as const;
    await instances[0].credits.grant({ ...of, amount: 105, reason: "Test", idempotencyKey: "one" });
    const attempts = Array.from({ length: 50 }, (_, n) =>
      instances[n % 2 === 0 ? 0 : 1].credits.reserve({ ...of, amount: 5 }).then(
        (hold) => hold,
        ({ code }: BillingError) => code,
      ),
    );
    const outcomes = await Promise.all(attempts);
    const holds = outcomes.filter((one) => typeof one !== "string");
    expect(holds).toHaveLength(21);
    expect(new Set(outcomes.filter((one) => typeof one === "string"))).toEqual(new Set(["limit_reached"]));
    expect(await instances[1].credits.balance(of)).toMatchObject({ available: 0, held: 105 });
    await Promise.all(holds.map((hold, n) => (n % 3 === 0 ? hold.release() : hold.commit(n % 6))));
    const used = holds.reduce((sum, _, n) => sum + (n % 3 === 0 ? 0 : n % 6), 0);
    expect(await instances[0].credits.balance(of)).toMatchObject({ available: 105 - used, held: 0 });
    await world.close();
  });
});

test("credits work in memory as they do on a database", async () => {
  const world = await openWorld({ store: memory(), jobs: "manual" });
  const { credits } = instanceOf(world);
  const of = { customerId: newUser(), credit } as const;
  await credits.grant({ ...of, amount: 10, reason: "Test", idempotencyKey: "one" });
  const hold = await credits.reserve({ ...of, amount: 8 });
  await hold.commit(6);
  expect(await credits.balance(of)).toMatchObject({ available: 4, held: 0 });
  await world.close();
});
