import { setImmediate } from "node:timers/promises";
import { BillingError, type Store } from "@tollgate/core";
import { type Route, routeKeys, routes } from "@tollgate/core/contract";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { BillingOptions } from "../src/index.js";
import { buildRequest, type FuzzMaterial } from "./fuzz/build-request.js";
import { expectWellBehaved } from "./fuzz/expect-well-behaved.js";
import { type FuzzRequest, fuzzRequest } from "./fuzz/fuzz-request.js";
import { live } from "./fuzz/live.js";
import { countOf, describeTally, note, type Tally } from "./fuzz/tally.js";
import { quickPglite } from "./quick-pglite.js";
import { openWorld, type World } from "./world.js";

// `TOLLGATE_FUZZ_REQUESTS=20000` for a long run, which also reports what was answered to what; `TOLLGATE_FUZZ_SEED` for
// other requests. A failure's message has the seed and the shortest requests that show it.
const asked = process.env.TOLLGATE_FUZZ_REQUESTS;
const requests = Number(asked ?? 2_000);
const seed = Number(process.env.TOLLGATE_FUZZ_SEED ?? 20_261_121);

/** Sent at once, so that they meet. May be none, or the last one would stay in a counterexample. */
const batch = fc.array(fuzzRequest, { maxLength: 20, size: "max" });
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
  material = await live(world, store);
});
afterAll(() => world.close());
beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", noteUnhandled);
  process.on("uncaughtException", noteUnhandled);
});
afterEach(() => {
  process.off("unhandledRejection", noteUnhandled);
  process.off("uncaughtException", noteUnhandled);
});

/** No request may keep its caller waiting forever. */
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
): Promise<Tally> {
  // Nobody reaches the limits, which count by the store's own clock.
  const rateLimits = {
    sessionsPerMinute: 1_000_000,
    checkoutReadsPerMinute: 1_000_000,
    changesPerMinute: 1_000_000,
    promotionCodesPerMinute: 1_000_000,
  };
  const billing = world.instance({ store, rateLimits, ...(options as object) });
  const tally: Tally = new Map();
  const property = fc.asyncProperty(batch, async (sent) => {
    const answers = sent.map(async (request) => {
      const built = buildRequest(material, request);
      const response = await inTime(billing.handler(built), request);
      const { code } = await expectWellBehaved(built, response);
      note(tally, request, { status: response.status, code });
      check({ status: response.status, code, request });
    });
    // Nothing of this try may still run in the next, which would blame others for it.
    const settled = await Promise.allSettled(answers);
    // An unhandled rejection is reported once everything else has had its turn.
    await setImmediate();
    for (const one of settled) if (one.status === "rejected") throw one.reason;
    expect(unhandled.splice(0)).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
  // The limit is for shortening a counterexample, which takes as long as it is given.
  const limits = { interruptAfterTimeLimit: timeLimit(count), numRuns: Math.ceil(count / averageBatch) };
  await fc.assert(property, { seed, ...limits });
  if (asked !== undefined) process.stdout.write(`${describeTally(tally)}\n`);
  const answered = [...tally.values()].reduce((sum, { made }) => sum + made, 0);
  expect(answered).toBeGreaterThanOrEqual(count);
  return tally;
}

test(`${requests} requests of any kind get an answer that is known and gives nothing away, and none is a 5xx`, {
  timeout: timeLimit(requests) + 30_000,
}, async () => {
  const tally = await fuzz(requests, {}, ({ status, code, request }) => {
    if (status < 500) return;
    const said = world.logged.findLast(({ fields }) => fields.code === code);
    throw new Error(`${code}: ${JSON.stringify(request)} ${JSON.stringify(said)}`);
  });
  // It got deep enough to mean something: each route does its work for a good part of what it is sent.
  for (const kind of routeKeys) {
    const { made = 0, codes, "2xx": well = 0, "4xx": refused = 0 } = tally.get(kind) ?? {};
    const { refuses }: Route = routes[kind];
    // What a route decides to refuse is its work, too: few changes can be made again and again.
    const done = refuses.reduce((sum, code) => sum + (codes?.get(code) ?? 0), well);
    expect(done / made, `${kind} of ${made}`).toBeGreaterThan(0.2);
    expect(refused, kind).toBeGreaterThan(0);
  }
  for (const code of expectedCodes) expect(countOf(tally, code), code).toBeGreaterThan(0);
  const log = world.logged.map((line) => JSON.stringify(line));
  expect(log.filter((line) => /sk_(live|test)_\w{6}|whsec_\w|_secret_\w|hunter2/.test(line))).toEqual([]);
});

const expectedCodes = [
  "already_subscribed",
  "body_too_large",
  "checkout_not_found",
  "cross_origin",
  "forbidden",
  "invalid_body",
  "invalid_event",
  "invalid_json",
  "invalid_signature",
  "method_not_allowed",
  "missing_signature",
  "not_a_customer",
  "not_found",
  "nothing_to_manage",
  "stale_signature",
  "unauthenticated",
  "unsupported_media_type",
];

test("a store that fails is 503, or a 500 that gives nothing away", {
  timeout: timeLimit(1_000) + 30_000,
}, async () => {
  let calls = 0;
  const fail = () => {
    calls += 1;
    if (calls % 3 === 0) throw new Error('relation "tollgate.x" of postgres://app:hunter2@db does not exist');
    if (calls % 3 === 1) throw new BillingError("store_unavailable", "The billing database is out of reach.");
  };
  const options = { store: unreliable(store, fail) };
  const tally = await fuzz(Math.min(requests, 1_000), options, ({ status, code }) => {
    // The answer to HEAD has no body that could name a code.
    if (status >= 500) expect(["internal", "store_unavailable", "head_500", "head_503"]).toContain(code);
  });
  expect(countOf(tally, "internal")).toBeGreaterThan(0);
  expect(countOf(tally, "store_unavailable")).toBeGreaterThan(0);
  const log = JSON.stringify(world.logged.filter(({ level }) => level === "error"));
  expect(log).toContain("does not exist");
  expect(log).not.toContain("hunter2");
});

/** The real store, two out of three of whose calls fail; it opens and closes as usual. */
function unreliable(target: Store, fail: () => void): Store {
  const spared = [
    "migrate",
    "close",
    "onChange",
    "observeLoops",
    "recallSubscription",
    "onWork",
    "hearCallbacks",
  ];
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
