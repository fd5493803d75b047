import { BillingError, type Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { BillingOptions } from "../src/index.js";
import { buildRequest, type FuzzMaterial } from "./fuzz/build-request.js";
import { expectWellBehaved } from "./fuzz/expect-well-behaved.js";
import { type FuzzRequest, fuzzRequest } from "./fuzz/request-kinds.js";
import { quickPglite } from "./quick-pglite.js";
import { openWorld, type World } from "./world.js";

// `TOLLGATE_FUZZ_REQUESTS=20000` for a long run; `TOLLGATE_FUZZ_SEED` for one that failed: its seed and
// the shortest requests that show it are in the failure's message.
const requests = Number(process.env.TOLLGATE_FUZZ_REQUESTS ?? 2_000);
const seed = process.env.TOLLGATE_FUZZ_SEED;
const parameters = seed === undefined ? {} : { seed: Number(seed) };

/** Sent at once, so that they meet. */
const batch = fc.array(fuzzRequest, { minLength: 1, maxLength: 20, size: "max" });
/** A little less than what a batch has on average. */
const averageBatch = 7;

let store: Store;
let world: World;
let material: FuzzMaterial;
const unhandled: unknown[] = [];
const noteUnhandled = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  store = quickPglite();
  world = await openWorld({ store });
  material = { world, ...(await live()) };
});
afterAll(() => world.close());
beforeEach(() => {
  process.on("unhandledRejection", noteUnhandled);
});
afterEach(() => {
  process.off("unhandledRejection", noteUnhandled);
});

/** Enough of a life at the provider to have events of every kind. */
async function live(): Promise<Pick<FuzzMaterial, "events" | "checkouts">> {
  const events = new Map<string, StripeEvent>();
  const note = () => {
    for (const event of world.sandbox.events()) events.set(event.id, event);
  };
  const checkouts: string[] = [];
  for (const [user, body] of [
    ["ada", { planId: "starter", interval: "month" }],
    ["ada", { productId: "credits", quantity: 2 }],
    ["bob", { planId: "pro", interval: "year" }],
    ["eve", { planId: "team", interval: "month", quantity: 3 }],
  ] as const) {
    const id = await world.buy(user, body);
    checkouts.push(id);
    await world.call("GET", `/checkout/${id}`, { as: user });
    note();
  }
  const [subscription] = await store.listSubscriptions("eve");
  if (subscription) {
    await world.dashboard.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await world.dashboard.subscriptions.cancel(subscription.id);
  }
  const charges = await world.dashboard.charges.list({ limit: 1 });
  await world.dashboard.refunds.create({ charge: charges.data[0]?.id ?? "" });
  note();
  world.tick(12 * 24 * 60 * 60);
  note();
  return { events: [...events.values()], checkouts };
}

/** No request may keep its caller waiting for ever. */
async function inTime(response: Promise<Response>, request: FuzzRequest): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer to ${JSON.stringify(request)}`)), 30_000);
  });
  return Promise.race([response, tooLong]).finally(() => clearTimeout(timer));
}

/** In milliseconds; a request takes two or three on a quiet machine. */
function timeLimit(count: number): number {
  return 60_000 + count * 20;
}

/** Sends batches until enough requests were made, and counts what came back. */
async function fuzz(
  count: number,
  options: Partial<BillingOptions>,
  check: (answered: { status: number; code: string; request: FuzzRequest }) => void,
): Promise<Map<string, number>> {
  const billing = world.instance({
    store,
    rateLimits: { sessionsPerMinute: 200, checkoutReadsPerMinute: 200 },
    ...(options as object),
  });
  const codes = new Map<string, number>();
  const property = fc.asyncProperty(batch, async (sent) => {
    const answers = sent.map(async (request) => {
      const built = buildRequest(material, request);
      const response = await inTime(billing.handler(built), request);
      const { code } = await expectWellBehaved(built, response);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      check({ status: response.status, code, request });
    });
    await Promise.all(answers);
    expect(unhandled).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
  // The limit is for shortening a counterexample, which takes as long as it is given.
  const limits = { interruptAfterTimeLimit: timeLimit(count), numRuns: Math.ceil(count / averageBatch) };
  await fc.assert(property, { ...parameters, ...limits });
  const answered = [...codes.values()].reduce((sum, one) => sum + one, 0);
  expect(answered).toBeGreaterThanOrEqual(count);
  return codes;
}

test(`${requests} requests of any make get an answer that is known and tells nothing, and none is a 5xx`, {
  timeout: timeLimit(requests) + 30_000,
}, async () => {
  const codes = await fuzz(requests, {}, ({ status, code, request }) => {
    if (status >= 500)
      throw new Error(`${code}: ${JSON.stringify(request)} ${JSON.stringify(world.logged.at(-1))}`);
  });
  // It got deep enough to mean something.
  for (const code of ["ok", "invalid_body", "cross_origin", "invalid_signature", "checkout_not_found"]) {
    expect(codes.get(code) ?? 0, code).toBeGreaterThan(0);
  }
  const log = world.logged.map((line) => JSON.stringify(line));
  expect(log.filter((line) => /sk_(live|test)_\w{6}|whsec_\w|_secret_\w|hunter2/.test(line))).toEqual([]);
});

test("a store that fails is 503, or 500 that tells nothing", {
  timeout: timeLimit(1_000) + 30_000,
}, async () => {
  let calls = 0;
  const fail = () => {
    calls += 1;
    if (calls % 3 === 0) throw new Error('relation "tollgate.x" of postgres://app:hunter2@db does not exist');
    if (calls % 3 === 1) throw new BillingError("store_unavailable", "The billing database is out of reach.");
  };
  const codes = await fuzz(
    Math.min(requests, 1_000),
    { store: unreliable(store, fail) },
    ({ status, code }) => {
      if (status >= 500) expect(["internal", "store_unavailable"]).toContain(code);
    },
  );
  expect(codes.get("internal") ?? 0).toBeGreaterThan(0);
  expect(codes.get("store_unavailable") ?? 0).toBeGreaterThan(0);
  const log = JSON.stringify(world.logged.filter(({ level }) => level === "error"));
  expect(log).toContain("does not exist");
  expect(log).not.toContain("hunter2");
});

/** The real store, two of three of whose calls fail; it opens and closes as ever. */
function unreliable(target: Store, fail: () => void): Store {
  const spared = ["migrate", "close", "onChange", "startJobs"];
  const entries = Object.entries(target).map(([name, member]) => [
    name,
    typeof member !== "function" || spared.includes(name)
      ? member
      : async (...call: unknown[]) => {
          fail();
          return Reflect.apply(member, target, call);
        },
  ]);
  return Object.fromEntries(entries) as unknown as Store;
}
