import type { Settlement, Store } from "@tollgate/core";
import { buildEventHead, buildSettlement, buildSubscription } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import { quickPglite } from "../../../test/quick-pglite.js";
import { watchDriver } from "../../../test/watch-driver.js";
import { createPostgresDriver } from "../postgres/postgres-driver.js";
import { createSqlStore } from "../store/sql-store.js";

describe.each(["Postgres", "PGlite"])("a burst on %s", (name) => {
  const watch = watchDriver();
  let postgres: FreshDatabase;
  let store: Store;
  let burst: readonly (Settlement & { readonly save: NonNullable<Settlement["save"]> })[];
  let made = 0;

  beforeAll(async () => {
    postgres = await freshDatabase();
    const onPostgres = () => createSqlStore(watch.wrap(createPostgresDriver(postgres.pool)));
    store = name === "Postgres" ? onPostgres() : quickPglite(undefined, watch.wrap);
    await store.migrate();
  });
  afterAll(async () => {
    await store.close();
    await postgres.drop();
  });
  beforeEach(async () => {
    watch.start();
    burst = await Promise.all(Array.from({ length: 36 }, prepareUpdate));
  });

  /** Stores a subscription; returns what changes it. */
  async function prepareUpdate() {
    made += 1;
    const [id, customerId] = [`sub_${made}`, `org_${made}`];
    const head = (event: string) => buildEventHead({ id: `evt_${made}_${event}`, subscriptionId: id });
    const [created, updated] = [head("created"), head("updated")];
    const subscription = buildSubscription({ id, customerId });
    await store.settleEvent(
      buildSettlement({ head: created, save: { subscription, expectedRevision: null } }),
    );
    const { revision } = store.recallSubscription(id, "stripe") ?? {};
    if (revision === undefined) throw new Error("It was not stored.");
    const save = { subscription: { ...subscription, quantity: 7 }, expectedRevision: revision };
    return { ...buildSettlement({ head: updated }), save };
  }

  const settleAll = () => Promise.all(burst.map((one) => store.settleEvent(one)));

  it("settles a single one with one statement, and a burst with a few", async () => {
    const [first, ...rest] = burst;
    if (first === undefined) throw new Error("There is no burst.");
    watch.start();
    expect(await store.settleEvent(first)).toBe("settled");
    expect(watch.count()).toBe(1);
    watch.start();
    const outcomes = await Promise.all(rest.map((one) => store.settleEvent(one)));
    expect(outcomes).toEqual(rest.map(() => "settled"));
    expect(watch.count()).toBeLessThanOrEqual(8);
  });

  it.each(["before", "after"] as const)(
    "settles each once when the connection is lost %s the statement of many",
    async (when) => {
      watch.failAt(5, when, false);
      const outcomes = await settleAll();
      const lost = when === "after" ? 16 : 0;
      expect(outcomes.filter((outcome) => outcome === "duplicate")).toHaveLength(lost);
      expect(outcomes.filter((outcome) => outcome === "settled")).toHaveLength(burst.length - lost);
      for (const { save } of burst) {
        const stored = await store.findStoredSubscription(save.subscription.id, "stripe");
        expect(stored).toMatchObject({ subscription: { quantity: 7 }, revision: "2" });
      }
    },
  );

  it("fails for all, and continues afterwards, when the database is gone", async () => {
    watch.failAt(1, "before", true);
    const results = await Promise.allSettled(burst.map((one) => store.settleEvent(one)));
    expect(results.map(({ status }) => status)).toEqual(burst.map(() => "rejected"));
    watch.start();
    expect(await settleAll()).toEqual(burst.map(() => "settled"));
  });

  it("reads what is known of each event of a burst, in a few statements", async () => {
    await settleAll();
    const unknown = {
      ...buildEventHead({ id: "evt_nobody" }),
      subscriptionId: null,
      providerCustomerId: null,
    };
    const heads = [...burst.map(({ head }) => head), unknown];
    const apart = [];
    for (const head of heads) apart.push(await store.findEventFacts(head));
    watch.start();
    const together = await Promise.all(heads.map((head) => store.findEventFacts(head)));
    expect(watch.count()).toBeLessThanOrEqual(8);
    expect(together).toEqual(apart);
    expect(together.map(({ state }) => state)).toEqual([...burst.map(() => "applied"), null]);
  });

  it.runIf(name === "Postgres")("leaves one that waits for a lock to wait alone", async () => {
    const [locked, ...rest] = burst;
    const id = locked?.save.subscription.id;
    const client = await postgres.pool.connect();
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM tollgate.subscriptions WHERE id = $1 FOR UPDATE", [id]);
    const waiting = locked && store.settleEvent(locked);
    const outcomes = await Promise.all(rest.map((one) => store.settleEvent(one)));
    expect(outcomes).toEqual(rest.map(() => "settled"));
    await client.query("COMMIT");
    client.release();
    expect(await waiting).toBe("settled");
  });
});
