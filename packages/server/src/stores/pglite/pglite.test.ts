import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoopTurn } from "@tollgate/core";
import { buildSubscription, describeStoreConformance, putSubscription } from "@tollgate/core/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createQuickPglite, quickPglite } from "../../../test/quick-pglite.js";
import { describeDriverConformance } from "../driver-conformance/describe-driver-conformance.js";
import { pglite } from "./pglite.js";
import { createPgliteDriver } from "./pglite-driver.js";

describeStoreConformance("pglite", { createStore: async () => quickPglite() });

describeDriverConformance("PGlite", {
  createDriver: async () =>
    createPgliteDriver(async () => {
      const db = await createQuickPglite();
      return { db, close: () => db.close() };
    }),
  sessions: "one",
});

it("stays as small as what is in it, although Postgres' own clean-up does not run here", async () => {
  const db = await createQuickPglite();
  const driver = createPgliteDriver(async () => ({ db, close: () => db.close() }), false, 50);
  await driver.script("CREATE TABLE passing (id int PRIMARY KEY, text text)");
  for (let id = 0; id < 400; id += 1) {
    await driver.query("INSERT INTO passing VALUES ($1, repeat('x', 1000))", [id]);
    await driver.transaction((tx) => tx.query("DELETE FROM passing WHERE id = $1", [id]));
  }
  const [size] = await driver.query<{ readonly pages: number }>(
    "SELECT pg_relation_size('passing') / 8192 AS pages",
  );
  expect(size?.pages).toBeLessThan(10);
  await driver.close();
});

describe("pglite on disk", () => {
  let home: string;
  let folder: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "tollgate-test-"));
    folder = join(home, "billing", "data");
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it("keeps what was stored when it is closed and opened again", async () => {
    const subscription = buildSubscription();
    const before = pglite(folder);
    await before.migrate();
    await putSubscription(before, subscription);
    await before.close();
    const after = pglite(folder);
    await after.migrate();
    expect(await after.listSubscriptions(subscription.customerId)).toEqual([subscription]);
    await after.close();
  });

  it("shares one instance among all stores of a folder, until the last one closes", async () => {
    const [first, second] = [pglite(folder), pglite(folder)];
    const link = { customerId: "org_1", provider: "stripe", providerCustomerId: "cus_1" };
    await first.migrate();
    await Promise.all([first.linkCustomer(link), second.findCustomer("org_1", "stripe")]);
    await first.close();
    expect(await second.findCustomer("org_1", "stripe")).toMatchObject(link);
    await second.close();
    await expect(second.findCustomer("org_1", "stripe")).rejects.toMatchObject({ code: "store_unavailable" });
  });

  it("closes once, however often it is told to at once", async () => {
    const [first, second] = [pglite(folder), pglite(folder)];
    await Promise.all([first.migrate(), second.migrate()]);
    await Promise.all([first.close(), first.close()]);
    expect(await second.findCustomer("org_of_nobody", "stripe")).toBeNull();
    await Promise.all([second.close(), second.close()]);
  });

  describe("whose lock is removed while it is open", () => {
    const lock = () => `${folder}.lock`;
    const open = async () => {
      const store = pglite(folder);
      const turns: LoopTurn[] = [];
      store.observeLoops((turn) => turns.push(turn));
      await store.migrate();
      return {
        store,
        told: () => turns.filter(({ loop }) => loop === "folder_lock").map(({ error }) => error),
      };
    };

    it("says so, takes it again, and closes as usual", async () => {
      const { store, told } = await open();
      expect(told()).toEqual([]);
      await rm(lock(), { recursive: true });
      await vi.waitFor(() => expect(told()).toEqual([expect.any(Error), null]), { timeout: 10_000 });
      expect(String(told()[0])).toMatch(/lock of the billing data folder was lost/);
      expect((await stat(lock())).isDirectory()).toBe(true);
      expect(await openInAnotherProcess(folder)).toBe("store_unavailable");
      await store.close();
      await expect(stat(lock())).rejects.toMatchObject({ code: "ENOENT" });
    });

    it("says so for as long as another process has it, and leaves it to that one", async () => {
      const { store, told } = await open();
      await rm(lock(), { recursive: true });
      await mkdir(lock());
      // So that it never looks like what a killed process left.
      const later = new Date(Date.now() + 3_600_000);
      await utimes(lock(), later, later);
      await vi.waitFor(() => expect(told().length).toBeGreaterThan(3), { timeout: 10_000 });
      expect(told().slice(1, 4)).toEqual(
        Array(3).fill(expect.objectContaining({ code: "store_unavailable" })),
      );
      await store.close();
      expect((await stat(lock())).isDirectory()).toBe(true);
      await rm(lock(), { recursive: true });
    });
  });

  it("refuses a second process while the first one lives, and serves it afterwards", async () => {
    const holder = pglite(folder);
    await holder.migrate();
    expect(await openInAnotherProcess(folder)).toBe("store_unavailable");
    await holder.close();
    expect(await openInAnotherProcess(folder)).toBe("opened");
    // That process ended without closing its store: its lock went with it.
    const next = pglite(folder);
    await next.migrate();
    await next.close();
  });
});

/** What another process gets when it opens the folder. */
async function openInAnotherProcess(folder: string): Promise<string> {
  const script = fileURLToPath(new URL("../../../test/open-pglite.mjs", import.meta.url));
  const child = spawn(process.execPath, [script, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  await once(child, "close");
  return output.trim();
}
