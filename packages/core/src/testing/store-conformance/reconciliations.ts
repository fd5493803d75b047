import { describe, expect, it } from "vitest";
import type { ReconcileProgress, ReconcileRun } from "../../ports/store/reconciliations.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const minute = (n: number) => `2026-03-01T00:${String(n).padStart(2, "0")}:00.000Z`;
const leaseSeconds = 60;

export function describeReconciliations(store: () => Store): void {
  /** Each test has its own provider, and so its own lane. */
  const begin = (provider: string, holder: string, now: string, what: Partial<Beginning> = {}) =>
    store().beginReconcile({
      ...{ provider, holder, now, leaseSeconds, lane: "account", scope: "full", repair: true },
      ...{ staleBefore: "2026-02-20T00:00:00.000Z", forgetBefore: "2026-01-01T00:00:00.000Z" },
      ...what,
    });
  const progress: ReconcileProgress = {
    phase: "provider",
    cursor: "sub_100",
    checked: 100,
    found: 3,
    repaired: 2,
  };
  const advance = (run: ReconcileRun, holder: string, now: string, what: Partial<Advance> = {}) =>
    store().advanceReconcile({
      ...{ id: run.id, holder, now, leaseSeconds, progress, seen: [], finished: false },
      ...what,
    });
  const begun = async (...input: Parameters<typeof begin>) => {
    const answer = await begin(...input);
    if (answer === null) throw new Error("Somebody else holds the lane.");
    return answer;
  };

  describe("beginReconcile", () => {
    it("begins at the beginning", async () => {
      const provider = unique("provider");
      const { run, resumed } = await begun(provider, "a", minute(0));
      expect(resumed).toBe(false);
      expect(run).toEqual({
        id: run.id,
        ...{ provider, scope: "full", repair: true, phase: "provider", cursor: null },
        ...{ checked: 0, found: 0, repaired: 0, startedAt: minute(0), finishedAt: null },
      });
    });

    it("is refused while another one holds the lane, and open to those of another", async () => {
      const provider = unique("provider");
      await begun(provider, "a", minute(0));
      expect(await begin(provider, "b", minute(0), { scope: `since:${minute(0)}` })).toBeNull();
      const lane = "customer:org_1";
      expect(await begin(provider, "b", minute(0), { lane, scope: lane })).not.toBeNull();
      expect(await begin(unique("provider"), "b", minute(0))).not.toBeNull();
    });

    it("lets one of several at once win", async () => {
      const provider = unique("provider");
      const all = await Promise.all(["a", "b", "c", "d"].map((holder) => begin(provider, holder, minute(0))));
      expect(all.filter((answer) => answer !== null)).toHaveLength(1);
    });

    it("resumes where one was released, or its process died", async () => {
      const provider = unique("provider");
      const { run } = await begun(provider, "a", minute(0));
      await advance(run, "a", minute(0));
      await store().releaseReconcile(run.id, "a");
      const second = await begun(provider, "b", minute(0));
      expect(second).toEqual({ run: { ...run, ...progress }, resumed: true });
      expect(await begin(provider, "c", minute(0))).toBeNull();
      expect(await begun(provider, "c", minute(5))).toEqual(second);
      expect(await advance(run, "b", minute(5))).toBe(false);
    });

    it("resumes only with the same scope and the same `repair`, and never what is stale", async () => {
      const provider = unique("provider");
      const { run } = await begun(provider, "a", minute(0));
      await store().releaseReconcile(run.id, "a");
      for (const other of [{ scope: "since:x" }, { repair: false }, { staleBefore: minute(1) }]) {
        const { run: another, resumed } = await begun(provider, "b", minute(2), other);
        expect(resumed).toBe(false);
        await store().releaseReconcile(another.id, "b");
      }
    });

    it("forgets what is old", async () => {
      const provider = unique("provider");
      const { run } = await begun(provider, "a", minute(0));
      await advance(run, "a", minute(0), { finished: true, seen: [] });
      await store().releaseReconcile(run.id, "a");
      await begun(provider, "b", minute(9), { forgetBefore: minute(8) });
      expect(await store().listFinishedReconciles(provider, 10)).toEqual([]);
    });
  });

  describe("advanceReconcile", () => {
    it("finishes a run, which is then listed and not resumed", async () => {
      const provider = unique("provider");
      const { run } = await begun(provider, "a", minute(0));
      expect(await store().listFinishedReconciles(provider, 10)).toEqual([]);
      expect(await advance(run, "a", minute(1), { finished: true })).toBe(true);
      const finished = { ...run, ...progress, finishedAt: minute(1) };
      expect(await store().listFinishedReconciles(provider, 10)).toEqual([finished]);
      expect(await advance(run, "a", minute(1))).toBe(false);
      await store().releaseReconcile(run.id, "a");
      expect((await begun(provider, "b", minute(2))).resumed).toBe(false);
    });

    it("remembers what was seen, so that the remaining running ones are listed, in order and page by page", async () => {
      const provider = unique("provider");
      const { run } = await begun(provider, "a", minute(0));
      const save = async (id: string, customerId: string, status: "active" | "ended" = "active") => {
        const subscription = buildSubscription({ id, provider, customerId, status });
        await putSubscription(store(), subscription);
        return subscription;
      };
      const [mine, other] = [unique("org"), unique("org")];
      await save("sub_1", mine);
      const second = await save("sub_2", mine);
      const third = await save("sub_3", other);
      await save("sub_4", other, "ended");
      expect(await advance(run, "a", minute(0), { seen: ["sub_1", "sub_1", "sub_9"] })).toBe(true);
      expect(await store().listSeen(run.id, ["sub_1", "sub_2"])).toEqual(["sub_1"]);
      const unseen = { runId: run.id, provider, customerId: null, after: null, limit: 10 };
      expect(await store().listUnseen(unseen)).toEqual([second, third]);
      expect(await store().listUnseen({ ...unseen, limit: 1 })).toEqual([second]);
      expect(await store().listUnseen({ ...unseen, after: "sub_2" })).toEqual([third]);
      expect(await store().listUnseen({ ...unseen, customerId: mine })).toEqual([second]);
      await advance(run, "a", minute(0), { finished: true });
      expect(await store().listSeen(run.id, ["sub_1"])).toEqual([]);
    });
  });

  it("reads what is stored for a page at once", async () => {
    const provider = unique("provider");
    const subscription = buildSubscription({ id: "sub_1", provider, customerId: unique("org") });
    const link = { customerId: unique("org"), provider, providerCustomerId: unique("cus") };
    await putSubscription(store(), subscription);
    await store().linkCustomer(link);
    const providerCustomerIds = [link.providerCustomerId, "cus_2"];
    const subscriptionIds = ["sub_1", "sub_2"];
    expect(await store().readReconcileFacts({ provider, subscriptionIds, providerCustomerIds })).toEqual({
      subscriptions: [{ subscription }],
      links: [link],
    });
    const none = { provider, subscriptionIds: [], providerCustomerIds: [] };
    expect(await store().readReconcileFacts(none)).toEqual({ subscriptions: [], links: [] });
    expect(await store().readEventStandings(provider, ["evt_1"])).toEqual([]);
  });
}

type Beginning = Parameters<Store["beginReconcile"]>[0];
type Advance = Parameters<Store["advanceReconcile"]>[0];
