import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSubscription, describeStoreConformance, putSubscription } from "@tollgate/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quickPglite } from "../../test/quick-pglite.js";
import { pglite } from "./pglite.js";

describeStoreConformance("pglite", { createStore: async () => quickPglite(), sessions: "one" });

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
    await before.transaction((tx) => putSubscription(tx, subscription));
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
    await Promise.all([
      first.transaction((tx) => tx.linkCustomer(link)),
      second.findCustomer("org_1", "stripe"),
    ]);
    await first.close();
    expect(await second.findCustomer("org_1", "stripe")).toMatchObject(link);
    await second.close();
    await expect(second.findCustomer("org_1", "stripe")).rejects.toMatchObject({ code: "store_unavailable" });
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

/** What a process of its own gets when it opens the folder. */
async function openInAnotherProcess(folder: string): Promise<string> {
  const script = fileURLToPath(new URL("../../test/open-pglite.mjs", import.meta.url));
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
