import { describe, expect, it } from "vitest";
import type { CreditsEntry, CreditsGrant, CreditsHold } from "../../language/credits.js";
import type { CreditsQuery, CreditsSave } from "../../ports/store/credits.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const [at, soon, later] = [
  "2026-03-10T12:00:00.000Z",
  "2026-03-10T12:05:00.000Z",
  "2026-04-01T00:00:00.000Z",
];

const buildGrant = (overrides: Partial<CreditsGrant> = {}): CreditsGrant => ({
  ...{ id: unique("grant"), source: { kind: "hand" }, amount: 100, left: 100, held: 0 },
  ...{ expiresAt: null, priority: 50, grantedAt: at },
  ...overrides,
});

const buildHold = (overrides: Partial<CreditsHold> = {}): CreditsHold => ({
  ...{ id: unique("hold"), amount: 5, parts: [{ grantId: "grant_1", amount: 5 }], state: "open", used: null },
  ...{ createdAt: at, expiresAt: soon, settledAt: null },
  ...overrides,
});

const buildEntry = (overrides: Partial<CreditsEntry> = {}): CreditsEntry => ({
  ...{ kind: "granted", amount: 100, balance: 100, parts: [{ grantId: "grant_1", amount: 100 }] },
  ...{ grantId: "grant_1", reason: "Welcome", key: null, at },
  ...overrides,
});

export function describeCredits(store: () => Store, second: () => Store | undefined): void {
  const build = (overrides: Partial<CreditsSave> = {}): CreditsSave => ({
    ...{ customerId: unique("org"), credit: "tokens", expectedRevision: null, dueAt: null },
    ...{ account: { grants: [buildGrant()], debts: [] }, holds: [], entries: [], callbacks: [] },
    ...overrides,
  });
  const read = (of: Pick<CreditsSave, "customerId">, query: Partial<CreditsQuery> = {}, from = store()) =>
    from.readCredits({
      ...{ customerId: of.customerId, credit: "tokens", now: at, holdIds: [], keys: [], grantIds: [] },
      ...query,
    });
  const isDue = async (customerId: string, now: string) =>
    (await store().listDueCredits({ now, limit: 1000 })).some((one) => one.customerId === customerId);

  describe("saveCredits", () => {
    it("keeps an account, and what was asked for of its holds and its ledger", async () => {
      const [hold, other] = [buildHold({ expiresAt: later }), buildHold({ expiresAt: later })];
      const entry = buildEntry({ key: "grant:1", grant: buildGrant() });
      const save = build({ holds: [hold, other], entries: [entry, buildEntry({ key: "grant:2" })] });
      expect(await read(save)).toEqual({
        ...{ revision: null, account: { grants: [], debts: [] }, holds: [], entries: [], reclaimed: {} },
      });
      expect(await store().saveCredits(save)).toBe("saved");
      expect(await read(save, { holdIds: [hold.id], keys: ["grant:1"] })).toEqual({
        ...{ revision: expect.any(String), account: save.account, holds: [hold], entries: [entry] },
        reclaimed: {},
      });
      expect(await store().listCreditsAccounts(save.customerId)).toEqual({ tokens: save.account });
      expect(await read(save, { credit: "minutes" })).toMatchObject({ revision: null });
    });

    it("is overtaken when somebody else has written since, and then writes nothing at all", async () => {
      const save = build();
      await store().saveCredits(save);
      const { revision } = await read(save);
      const hold = buildHold();
      const late = { ...save, holds: [hold], entries: [buildEntry({ key: "late" })] };
      expect(await store().saveCredits(late)).toBe("overtaken");
      expect(await store().saveCredits({ ...save, expectedRevision: revision })).toBe("saved");
      expect(await store().saveCredits({ ...late, expectedRevision: revision })).toBe("overtaken");
      expect(await read(save, { holdIds: [hold.id], keys: ["late"] })).toMatchObject({
        holds: [],
        entries: [],
      });
    });

    it("lets exactly one of many at once through, on two instances", async () => {
      const save = build();
      const stores = [store(), second() ?? store()];
      const attempts = Array.from({ length: 20 }, (_, n) => stores[n % 2]?.saveCredits(save));
      const outcomes = await Promise.all(attempts);
      expect(outcomes.filter((one) => one === "saved")).toHaveLength(1);
      const { revision } = await read(save);
      const again = Array.from({ length: 20 }, (_, n) =>
        stores[n % 2]?.saveCredits({ ...save, expectedRevision: revision }),
      );
      expect((await Promise.all(again)).filter((one) => one === "saved")).toHaveLength(1);
    });

    it("adds callbacks in the same step", async () => {
      const save = build();
      const data = { customerId: save.customerId, credit: "tokens", available: 5, lowAt: 10 };
      const callbacks = [{ id: unique("callback"), type: "credits.low", data }] as const;
      await store().saveCredits({ ...save, callbacks });
      await store().saveCredits({ ...save, callbacks: [{ ...callbacks[0], id: unique("never") }] });
      const { callbacks: listed } = await store().listCallbacks({ customerId: save.customerId, limit: 10 });
      expect(listed.map(({ id }) => id)).toEqual([callbacks[0].id]);
    });
  });

  describe("readCredits", () => {
    it("also has the open holds that are over, but none that was settled", async () => {
      const open = buildHold();
      const settled = buildHold({ state: "released", settledAt: at });
      const save = build({ holds: [open, settled, buildHold({ expiresAt: later })] });
      await store().saveCredits(save);
      expect((await read(save)).holds).toEqual([]);
      expect((await read(save, { now: soon })).holds).toEqual([open]);
      const { revision } = await read(save);
      const ended: CreditsHold = { ...open, state: "expired", settledAt: soon };
      await store().saveCredits({ ...save, expectedRevision: revision, holds: [ended] });
      expect((await read(save, { now: later, holdIds: [open.id] })).holds).toContainEqual(ended);
    });

    it("sums up what was taken back of a grant and not given back", async () => {
      const reclaimed = [
        buildEntry({ kind: "taken_back", amount: -40 }),
        buildEntry({ kind: "taken_back", amount: -20 }),
        buildEntry({ kind: "given_back", amount: 15 }),
        buildEntry({ kind: "taken_back", amount: -7, grantId: "grant_2" }),
        buildEntry({ kind: "taken_back", amount: -3, grantId: null }),
        buildEntry({ kind: "expired", amount: -9 }),
      ];
      const save = build({ entries: reclaimed });
      await store().saveCredits(save);
      expect((await read(save, { grantIds: ["grant_1", "grant_3"] })).reclaimed).toEqual({ grant_1: 45 });
    });
  });

  it("lists a ledger page by page, the newest first", async () => {
    const entries = ["a", "b", "c"].map((reason) => buildEntry({ reason }));
    const save = build({ entries });
    await store().saveCredits(save);
    const { revision } = await read(save);
    await store().saveCredits({
      ...save,
      expectedRevision: revision,
      entries: [buildEntry({ reason: "d" })],
    });
    const of = { customerId: save.customerId, credit: "tokens", limit: 3 };
    const first = await store().listCreditsEntries({ ...of, after: null });
    expect(first.entries.map(({ reason }) => reason)).toEqual(["d", "c", "b"]);
    const rest = await store().listCreditsEntries({ ...of, after: first.next });
    expect(rest).toEqual({ entries: [entries[0]], next: null });
    const wrong = store().listCreditsEntries({ ...of, after: "x" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid_query" });
  });

  it("lists whose accounts and holds are due, and forgets holds that were settled long ago", async () => {
    const [account, holder] = [build({ dueAt: soon }), build({ holds: [buildHold()] })];
    for (const save of [account, holder]) await store().saveCredits(save);
    for (const { customerId } of [account, holder]) {
      expect(await isDue(customerId, at)).toBe(false);
      expect(await isDue(customerId, soon)).toBe(true);
    }
    const settled = buildHold({ state: "released", settledAt: "2020-01-01T00:00:00.000Z" });
    const save = build({ holds: [settled] });
    await store().saveCredits(save);
    expect(await isDue(save.customerId, later)).toBe(false);
    const bounds = { settledBefore: "2020-01-02T00:00:00.000Z", limit: 100 };
    expect(await store().pruneCreditsHolds(bounds)).toBe(1);
    expect((await read(save, { holdIds: [settled.id] })).holds).toEqual([]);
    expect(await store().pruneCreditsHolds(bounds)).toBe(0);
  });

  it("moves what a plan granted along with its subscription, but not what is held or was given by hand", async () => {
    const [from, to] = [unique("user"), unique("org")];
    const subscription = buildSubscription({ id: unique("sub"), customerId: from });
    const { provider, providerCustomerId } = subscription;
    await putSubscription(store(), subscription);
    await store().linkCustomer({ customerId: from, provider, providerCustomerId });
    const period = { start: at, end: later };
    const source = {
      kind: "plan",
      provider,
      subscriptionId: subscription.id,
      planId: "pro",
      period,
    } as const;
    const plan = buildGrant({ source, left: 70, held: 20, expiresAt: later });
    const gift = buildGrant();
    await store().saveCredits(build({ customerId: from, account: { grants: [plan, gift], debts: [] } }));
    await store().moveSubscription({ subscriptionId: subscription.id, from, to, at: soon }, () => [
      subscription,
    ]);
    const kept = { ...plan, left: 20 };
    expect((await read({ customerId: from })).account.grants).toEqual([gift, kept]);
    const moved = await read({ customerId: to }, { keys: [`grant:${plan.id}`] });
    expect(moved.account.grants).toEqual([{ ...plan, left: 50, held: 0 }]);
    expect(moved.entries).toMatchObject([{ kind: "moved", amount: 50, balance: 50, grant: { id: plan.id } }]);
    const { entries } = await store().listCreditsEntries({
      ...{ customerId: from, credit: "tokens", after: null, limit: 9 },
    });
    expect(entries).toMatchObject([{ kind: "moved", amount: -50, balance: 120 }]);
    expect(await isDue(to, later)).toBe(true);
  });

  it("exports all of it, and erases it with its customer", async () => {
    const save = build({ holds: [buildHold()], entries: [buildEntry()] });
    const { customerId } = save;
    await store().saveCredits(save);
    const expected = {
      credits: { credit: "tokens", grants: save.account.grants },
      creditsHolds: { credit: "tokens", ...save.holds[0] },
      creditsLedger: { credit: "tokens", reason: "Welcome", position: expect.any(String) },
    };
    const exported = async (section: keyof typeof expected) =>
      (await store().exportCustomer({ customerId, section, after: null, limit: 9 })).records;
    for (const section of ["credits", "creditsHolds", "creditsLedger"] as const) {
      expect(await exported(section), section).toMatchObject([expected[section]]);
    }
    const reference = unique("deleted");
    const begun = { customerId, digest: unique("digest"), settlement: "nothing", startedAt: at } as const;
    const deletion = await store().beginDeletion({ ...begun, reference });
    const report = { reference, startedAt: at, finishedAt: at, ended: [], checkouts: 0, providers: [] };
    const data = { customerId, by: "app", ended: [], reference } as const;
    const callback = () => ({ id: unique("callback"), type: "customer.deleted", data }) as const;
    if (deletion.customerId === null) throw new Error("It was deleted before.");
    await store().finishDeletion({ deletion: { ...deletion, customerId }, report, callback });
    for (const section of ["credits", "creditsHolds", "creditsLedger"] as const) {
      expect(await exported(section), section).toEqual([]);
    }
  });
}
