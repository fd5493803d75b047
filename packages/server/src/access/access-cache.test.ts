import { decideAccess } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type AccessCache, createAccessCache } from "./access-cache.js";
import { type DecidedAccess, toDecidedAccess } from "./decided-access.js";

const catalog = buildCatalog();
const start = Date.parse("2026-03-10T12:00:00.000Z");
let time = start;
let cache: AccessCache;

beforeEach(() => {
  time = start;
  cache = create();
});

const create = (more: { maxStaleMs?: number; keepsLast?: boolean } = {}) =>
  createAccessCache(() => new Date(time), { now: () => time, maxStaleMs: 5_000, keepsLast: false, ...more });

function decide(id: string, changesAt: string | null = null): DecidedAccess {
  const customer = { id, canManage: true, hasBillingAccount: false };
  const state = decideAccess({ catalog, customer, subscriptions: [], now: new Date(time) });
  return toDecidedAccess(state, changesAt, null);
}

/** A read that ends when it is told to. */
function slowRead(id: string) {
  let end = () => {};
  const gate = new Promise<void>((resolve) => {
    end = resolve;
  });
  const read = async () => {
    await gate;
    return decide(id);
  };
  return { read, end };
}

const fill = (id: string, changesAt: string | null = null) =>
  cache.load(id, async () => decide(id, changesAt));

describe("what is kept of a customer", () => {
  it("is shown until it is as old as the bound, and not a moment longer", async () => {
    const decided = await fill("org_1");
    expect(cache.find("org_1")).toBe(decided);
    time += 4_999;
    expect(cache.find("org_1")).toBe(decided);
    time += 1;
    expect(cache.find("org_1")).toBeUndefined();
  });

  it("counts its age from before the read, not from after it", async () => {
    const { read, end } = slowRead("org_1");
    const loading = cache.load("org_1", read);
    time += 4_000;
    end();
    await loading;
    expect(cache.find("org_1")).toBeDefined();
    time += 1_000;
    expect(cache.find("org_1")).toBeUndefined();
  });

  it("is no longer shown from the moment at which the same facts mean something else", async () => {
    await fill("org_1", "2026-03-10T12:00:02.000Z");
    time += 1_999;
    expect(cache.find("org_1")).toBeDefined();
    time += 1;
    expect(cache.find("org_1")).toBeUndefined();
  });

  it("is not shown when the clock was set back", async () => {
    await fill("org_1");
    time -= 1;
    expect(cache.find("org_1")).toBeUndefined();
  });

  it("is nothing at all with a bound of 0", async () => {
    cache = create({ maxStaleMs: 0 });
    await fill("org_1");
    expect(cache.find("org_1")).toBeUndefined();
  });

  it("is forgotten on news of this customer, and on news of anybody", async () => {
    for (const id of ["org_1", "org_2"]) await fill(id);
    cache.forget(["org_1"]);
    expect([cache.find("org_1"), cache.find("org_2")]).toEqual([undefined, expect.anything()]);
    cache.forget(null);
    expect(cache.find("org_2")).toBeUndefined();
  });

  it("can still be found as what was last known, where that is wanted", async () => {
    cache = create({ keepsLast: true });
    const [first, second] = [await fill("org_1"), await fill("org_2")];
    cache.forget(["org_1"]);
    cache.forget(null);
    expect([cache.find("org_1"), cache.find("org_2")]).toEqual([undefined, undefined]);
    expect(cache.findLast("org_1")).toMatchObject({ decided: first, readAt: start });
    expect(cache.findLast("org_2")).toMatchObject({ decided: second });
  });
});

describe("reads that come together", () => {
  it("become one read, separate for each customer", async () => {
    const [first, second] = [slowRead("org_1"), slowRead("org_2")];
    const one = cache.load("org_1", first.read);
    expect(cache.load("org_1", second.read)).toBe(one);
    const other = cache.load("org_2", second.read);
    second.end();
    first.end();
    expect([(await one).state.customerId, (await other).state.customerId]).toEqual(["org_1", "org_2"]);
  });

  it.each([[["org_1"]], [null]])(
    "are not kept when news of %j comes meanwhile, and not joined after it",
    async (news) => {
      const before = slowRead("org_1");
      const loading = cache.load("org_1", before.read);
      cache.forget(news);
      const after = slowRead("org_1");
      const later = cache.load("org_1", after.read);
      expect(later).not.toBe(loading);
      after.end();
      const decided = await later;
      before.end();
      await loading;
      expect(cache.find("org_1")).toBe(decided);
    },
  );

  it("are not joined once they have taken as long as the bound", async () => {
    const hanging = slowRead("org_1");
    const first = cache.load("org_1", hanging.read);
    time += 5_000;
    const second = cache.load("org_1", async () => decide("org_1"));
    expect((await second).state.decidedAt).toBe(new Date(time).toISOString());
    const kept = cache.find("org_1");
    hanging.end();
    await first;
    expect(cache.find("org_1")).toBe(kept);
  });

  it("that fail are not remembered", async () => {
    const failing = async () => Promise.reject(new Error("no store"));
    await expect(cache.load("org_1", failing)).rejects.toThrow("no store");
    await expect(fill("org_1")).resolves.toBeDefined();
  });
});

/** What happens to two customers, in any order; reads end whenever they are told to. */
const step = fc.oneof(
  fc.record({ type: fc.constant("write" as const), id: fc.constantFrom("a", "b"), silent: fc.boolean() }),
  fc.record({ type: fc.constant("ask" as const), id: fc.constantFrom("a", "b") }),
  fc.record({ type: fc.constant("end" as const), which: fc.nat(5) }),
  fc.record({ type: fc.constant("pass" as const), ms: fc.integer({ min: -2_000, max: 6_000 }) }),
  fc.record({ type: fc.constant("lost" as const) }),
);

describe("whatever the order of writes, news, reads and time", () => {
  it("nobody is shown a state that is older than the bound, that is known to have changed, or that is another's", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        time = start;
        cache = create();
        // The store: how often each was written, and when each version was replaced.
        const versions: Record<string, number> = { a: 0, b: 0 };
        const replacedAt = new Map<string, number>();
        const told: Record<string, number> = { a: 0, b: 0 };
        const facts = new Map<DecidedAccess, { id: string; version: number }>();
        const running: (() => void)[] = [];
        for (const one of steps) {
          if (one.type === "pass") time += one.ms;
          if (one.type === "end") running.splice(one.which, 1)[0]?.();
          if (one.type === "lost") {
            cache.forget(null);
            Object.assign(told, versions);
          }
          if (one.type === "write") {
            replacedAt.set(`${one.id}${versions[one.id]}`, time);
            versions[one.id] = (versions[one.id] ?? 0) + 1;
            if (!one.silent) {
              cache.forget([one.id]);
              told[one.id] = versions[one.id] ?? 0;
            }
          }
          if (one.type === "ask") {
            const shown = cache.find(one.id);
            const seen = shown && facts.get(shown);
            if (seen !== undefined) {
              expect(seen.id).toBe(one.id);
              expect(seen.version).toBeGreaterThanOrEqual(told[one.id] ?? 0);
              const since = replacedAt.get(`${one.id}${seen.version}`);
              // A clock that goes back doesn't make anything younger than the bound.
              if (since !== undefined && since <= time) expect(time - since).toBeLessThan(5_000);
            } else {
              const { id } = one;
              void cache.load(id, async () => {
                const version = versions[id] ?? 0;
                await new Promise<void>((resolve) => running.push(resolve));
                const decided = decide(id);
                facts.set(decided, { id, version });
                return decided;
              });
            }
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
        for (const end of running) end();
      }),
      { numRuns: 150 },
    );
  });
});
