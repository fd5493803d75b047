import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CreditsGrant } from "../language/credits.js";
import {
  availableIn,
  balanceOf,
  type CreditsState,
  emptyCredits,
  openCredits,
  sumOf,
} from "./credits-state.js";
import { type CreditsGrantWish, decideCreditsGrant } from "./decide-credits-grant.js";
import { decideCreditsUse } from "./decide-credits-use.js";
import { decideCommit, decideRelease, decideReserve } from "./decide-hold.js";
import { decideReclaim, decideRevoke } from "./decide-reclaim.js";
import { readCreditsBalance } from "./read-credits-balance.js";
import { settleDue } from "./settle-due.js";

const day = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString();
const empty = openCredits({ account: emptyCredits, holds: [], entries: [], reclaimed: {} }, new Date(day(1)));

/** The same at another time, with what is due by then. */
const on = (state: CreditsState, now: string) => settleDue({ ...state, now });
const period = { start: day(1), end: day(31) };
const plan = { kind: "plan", provider: "stripe", subscriptionId: "sub_1", planId: "pro", period } as const;
const pack = { kind: "purchase", provider: "stripe", checkoutId: "cs_1", productId: "pack" } as const;

function grant(
  state: CreditsState,
  id: string,
  amount: number,
  terms: Partial<CreditsGrantWish> = {},
): CreditsState {
  const usual = { source: { kind: "hand" }, priority: 50, expiresAt: null, reason: null } as const;
  return decideCreditsGrant(state, { id, amount, ...usual, ...terms }).state;
}
const use = (state: CreditsState, amount: number, key = `use:${state.added.length}`) =>
  decideCreditsUse(state, { amount, key, reason: null });
const reserve = (state: CreditsState, holdId: string, amount: number, expiresAt = day(20)) =>
  decideReserve(state, { holdId, amount, expiresAt });
const commit = (state: CreditsState, holdId: string, amount: number) =>
  decideCommit(state, { holdId, amount, reason: null });
const reclaim = (state: CreditsState, grantId: string, total: number) =>
  decideReclaim(state, { grantId, total, reason: null, owing: true });
const leftOf = ({ account }: CreditsState) =>
  Object.fromEntries(account.grants.map(({ id, left }) => [id, left]));

describe("use", () => {
  it("takes what expires soonest first, and what was bought without end last", () => {
    let state = grant(empty, "january", 100, { expiresAt: day(31) });
    state = grant(state, "bought", 500, { source: pack });
    state = grant(state, "gift", 50, { expiresAt: day(15) });
    expect(leftOf(use(on(state, day(10)), 120).state)).toEqual({ january: 30, bought: 500 });
  });

  it("takes by priority before anything else, and the oldest of what is equal", () => {
    const early = grant(empty, "early", 10);
    const state = grant(
      grant(grant({ ...early, now: day(2) }, "late", 10), "bought", 10, { source: pack }),
      "first",
      10,
      {
        priority: 10,
      },
    );
    expect(leftOf(use(state, 15).state)).toEqual({ early: 5, late: 10, bought: 10 });
    expect(leftOf(use(state, 35).state)).toEqual({ bought: 5 });
  });

  it("is whole or not at all, and once under a key", () => {
    const state = grant(empty, "a", 10);
    expect(use(state, 11)).toEqual({ state, result: { kind: "short", available: 10 } });
    const used = use(state, 7, "use:1").state;
    expect(use(used, 7, "use:1")).toEqual({
      state: used,
      result: { kind: "duplicate", amount: 7, available: 3 },
    });
  });
});

describe("expiry", () => {
  it("takes at most what is left of the very grant, and nothing of others", () => {
    const state = grant(grant(empty, "gift", 100, { expiresAt: day(5) }), "bought", 500, { source: pack });
    const used = use(state, 60).state;
    const expired = on(used, day(5));
    expect(leftOf(expired)).toEqual({ bought: 500 });
    expect(expired.added.at(-1)).toMatchObject({
      kind: "expired",
      amount: -40,
      balance: 500,
      grantId: "gift",
    });
    expect(on(expired, day(6)).added).toBe(expired.added);
    expect(use(on(used, day(4)), 41).state.account.grants).toHaveLength(1);
  });

  it("leaves what is held to whoever holds it, and takes it when they release it", () => {
    const state = reserve(grant(empty, "gift", 100, { expiresAt: day(5) }), "h", 30).state;
    const expired = on(state, day(5));
    expect(leftOf(expired)).toEqual({ gift: 30 });
    expect(availableIn(expired.account)).toBe(0);
    expect(commit(expired, "h", 30).state.added.at(-1)).toMatchObject({ kind: "used", amount: -30 });
    const part = commit(expired, "h", 10).state;
    expect(part.added.slice(-2).map(({ kind, amount }) => [kind, amount])).toEqual([
      ["used", -10],
      ["expired", -20],
    ]);
    expect(decideRelease(expired, "h").state.added.at(-1)).toMatchObject({ kind: "expired", amount: -30 });
    expect(on(expired, day(20)).account.grants).toEqual([]);
  });

  it("carries over what a plan lets carry over: the newest, with what was carried before", () => {
    const first = grant(empty, "january", 100, { source: plan, expiresAt: day(31), carries: 50 });
    const carried = on(use(first, 20).state, day(31));
    expect(leftOf(carried)).toEqual({ january: 50 });
    expect(carried.added.at(-1)).toMatchObject({ kind: "expired", amount: -30 });
    const next = {
      source: { ...plan, period: { start: day(31), end: day(59) } },
      expiresAt: day(59),
      carries: 50,
    };
    const second = use(grant(carried, "february", 100, next), 70).state;
    expect(leftOf(second)).toEqual({ january: 50, february: 30 });
    expect(leftOf(on(second, day(59)))).toEqual({ january: 20, february: 30 });
  });
});

describe("holds", () => {
  const state = grant(grant(empty, "a", 10, { expiresAt: day(30) }), "b", 100);

  it("hold, and tell held from spent", () => {
    const held = reserve(state, "h", 30).state;
    expect(readCreditsBalance(held.account)).toMatchObject({ available: 80, held: 30 });
    expect(use(held, 81).result).toEqual({ kind: "short", available: 80 });
    expect(held.added).toBe(state.added);
  });

  it("use what was committed, and free the rest", () => {
    const done = commit(reserve(state, "h", 30).state, "h", 12);
    expect(done.result).toMatchObject({ kind: "committed", available: 98 });
    expect(leftOf(done.state)).toEqual({ b: 98 });
    expect(commit(done.state, "h", 12)).toMatchObject({ state: done.state, result: { kind: "duplicate" } });
    expect(commit(done.state, "h", 13).result).toMatchObject({
      kind: "closed",
      hold: { state: "committed" },
    });
    expect(commit(reserve(state, "h", 30).state, "h", 0).state.added).toBe(state.added);
  });

  it("take what exceeds them from what is free, or nothing", () => {
    const held = reserve(state, "h", 30).state;
    expect(commit(held, "h", 111)).toEqual({ state: held, result: { kind: "short", available: 80 } });
    expect(commit(held, "h", 110).state.account.grants).toEqual([]);
  });

  it("are settled once: by the sweep, by a commit or by a release", () => {
    const held = reserve(state, "h", 30).state;
    const swept = on(held, day(20));
    expect(availableIn(swept.account)).toBe(110);
    expect(commit(swept, "h", 30)).toMatchObject({ state: swept, result: { kind: "closed" } });
    expect(decideRelease(swept, "h")).toMatchObject({ state: swept, result: { kind: "closed" } });
    const committed = commit(held, "h", 30).state;
    expect(on(committed, day(20)).account).toBe(committed.account);
    expect(decideRelease(committed, "h").state).toBe(committed);
    expect(reserve(committed, "h", 30).result).toMatchObject({ kind: "duplicate" });
  });
});

describe("what is taken back", () => {
  const bought = grant(empty, "pack", 1000, { source: pack });

  it("is the difference to what was taken before, and what was used is owed by the next pack", () => {
    const used = use(bought, 50).state;
    const first = reclaim(used, "pack", 400);
    expect(first.result).toEqual({ taken: 400, owed: 0 });
    expect(reclaim(first.state, "pack", 400)).toEqual({ state: first.state, result: { taken: 0, owed: 0 } });
    const all = reclaim(first.state, "pack", 1000);
    expect(all.result).toEqual({ taken: 550, owed: 50 });
    expect(reclaim(all.state, "pack", 1000)).toEqual({ state: all.state, result: { taken: 0, owed: 50 } });
    expect(leftOf(grant(all.state, "gift", 100))).toEqual({ gift: 100 });
    const again = grant(all.state, "pack 2", 1000, { source: { ...pack, checkoutId: "cs_2" } });
    expect(leftOf(again)).toEqual({ "pack 2": 950 });
    expect(again.account.debts).toEqual([]);
    expect(reclaim(again, "pack", 1000).result).toEqual({ taken: 0, owed: 0 });
  });

  it("is given back when a dispute is won, and taken again by a refund after that", () => {
    const lost = reclaim(use(bought, 50).state, "pack", 1000).state;
    const won = reclaim(lost, "pack", 0);
    expect(won.result).toEqual({ taken: -950, owed: 0 });
    expect(leftOf(won.state)).toEqual({ pack: 950 });
    expect(reclaim(won.state, "pack", 100).result).toEqual({ taken: 100, owed: 0 });
  });

  it("by hand is never what is held, nor more than there is", () => {
    const held = reserve(bought, "h", 300).state;
    const wish = { grantId: "pack", amount: 900, reason: "Mistake", key: "revoke:1" };
    const revoked = decideRevoke(held, wish);
    expect(revoked.result).toEqual({ kind: "revoked", amount: 700 });
    expect(decideRevoke(revoked.state, wish).result).toEqual({ kind: "duplicate", amount: 700 });
  });
});

const amount = fc.integer({ min: 1, max: 60 });
const id = fc.constantFrom("1", "2", "3", "4", "5");
const command = fc.record({
  type: fc.constantFrom("grant", "use", "reserve", "commit", "release", "reclaim", "wait"),
  days: fc.integer({ min: 1, max: 5 }),
  kind: fc.constantFrom("hand", "plan", "pack"),
  ...{ id, amount },
});

type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

function run(state: CreditsState, { type, id, amount, days, kind }: Command): CreditsState {
  const ahead = new Date(Date.parse(state.now) + days * 86_400_000).toISOString();
  switch (type) {
    case "grant": {
      const source = kind === "hand" ? ({ kind: "hand" } as const) : kind === "pack" ? pack : plan;
      return grant(state, id, amount, { source, expiresAt: ahead, ...(kind === "plan" && { carries: 10 }) });
    }
    case "use":
      return use(state, amount, `use:${id}`).state;
    case "reserve":
      return reserve(state, id, amount, ahead).state;
    case "commit":
      return commit(state, id, amount).state;
    case "release":
      return decideRelease(state, id).state;
    case "reclaim":
      return reclaim(state, id, amount).state;
    default:
      return on(state, ahead);
  }
}

it("loses no credit and makes none: granted = used + held + expired + taken back + left, whatever comes when", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      let state = empty;
      for (const one of commands) {
        state = run(state, one);
        const sums = (kind: string) => sumOf(state.added.filter((entry) => entry.kind === kind));
        const held = sumOf(Object.values(state.holds).filter(({ state: stands }) => stands === "open"));
        const free = availableIn(state.account);
        expect(sums("granted")).toBe(
          -sums("used") + held - sums("expired") - sums("taken_back") - sums("given_back") + free,
        );
        expect(
          state.account.grants.every((grant: CreditsGrant) => grant.held >= 0 && grant.left >= grant.held),
        ).toBe(true);
        expect(state.added.at(-1)?.balance ?? 0).toBe(balanceOf(state.account));
      }
    }),
    { numRuns: 500 },
  );
});
