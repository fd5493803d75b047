import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../../../.config/chromium.js";
import { startPostgres } from "../../../.config/test-postgres.js";
import { findPackages, root } from "../src/find-packages.js";
import { followRecipe, type Terminals } from "../src/follow-recipe.js";
import { type OpenDesk, openDesk } from "../src/open-desk.js";
import { packPackages } from "../src/pack-packages.js";
import { comeBack, upgradeAtGate } from "../src/pay-in-browser.js";
import { readRecipe } from "../src/read-recipe.js";
import { type Registry, startRegistry } from "../src/start-registry.js";

interface Recipe {
  readonly name: string;
  readonly page: string;
  readonly heading?: string;
  /** The page asks its reader for a Postgres, and starts a second instance on it. */
  readonly twoInstances?: boolean;
  /** Runs in `npm test` too. */
  readonly quick?: boolean;
}

const recipes: readonly Recipe[] = [
  { name: "Express", page: "packages/server/docs/express.md", quick: true },
  { name: "Vite and Hono", page: "packages/server/docs/hono.md" },
  { name: "Next", page: "README.md", heading: "Quick start" },
  { name: "React Router", page: "packages/server/docs/react-router.md" },
  { name: "Fastify", page: "packages/server/docs/fastify.md", twoInstances: true },
];
const wanted = process.env.TOLLGATE_RECIPES === "all" ? recipes : recipes.filter(({ quick }) => quick);

let folder: string;
let registry: Registry;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tollgate-recipes-"));
  mkdirSync(join(folder, "tarballs"));
  const packed = packPackages(join(folder, "tarballs"));
  registry = await startRegistry([...packed, ...findPackages()]);
  browser = await chromium.launch(chromiumLaunchOptions());
});

afterAll(async () => {
  await browser?.close();
  registry?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(wanted)("$name, as $page says", ({ name, page, heading, twoInstances = false }) => {
  let desk: OpenDesk;
  let terminals: Terminals;
  let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
  let context: BrowserContext;
  const outside: string[] = [];

  beforeAll(async () => {
    if (twoInstances) postgres = await startPostgres();
    const database = postgres ? { DATABASE_URL: postgres.url } : {};
    desk = await openDesk(join(folder, name.replaceAll(" ", "-")), registry.url, database);
    const words = readFileSync(join(root, page), "utf8");
    terminals = await followRecipe(readRecipe(words, heading), desk);
    context = await browser.newContext({ locale: "en-US" });
    context.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && !["localhost", "127.0.0.1"].includes(hostname))
        outside.push(request.url());
    });
  });

  afterAll(async () => {
    await context?.close();
    await terminals?.close();
    await postgres?.stop();
  });

  const statusOf = async (url: string) => (await context.request.get(`${url}/api/export`)).status();

  it("guards its data before anybody has paid", async () => {
    expect(await statusOf(desk.appUrl)).toBe(402);
    if (twoInstances) expect(await statusOf(desk.secondUrl)).toBe(402);
  });

  it("opens the gate for whoever pays, without a reload, and never shows them as unpaid", async () => {
    const upgraded = await upgradeAtGate(context, desk.appUrl);
    await upgraded.page.getByText("Export as CSV").waitFor();
    // Soon after, the address can be bookmarked or shared.
    await upgraded.page.waitForURL(({ search }) => search === "");
    expect(await upgraded.gateStates()).not.toContain("denied");
    expect(upgraded.loads()).toBe(1);
    expect(await statusOf(desk.appUrl)).toBe(200);

    const later = await comeBack(context, desk.appUrl);
    expect(await later.gateStates()).not.toContain("denied");
    if (twoInstances) {
      expect(await statusOf(desk.secondUrl)).toBe(200);
      expect(await (await comeBack(context, desk.secondUrl)).gateStates()).not.toContain("denied");
    }
    expect(outside).toEqual([]);
  });

  it("ends within seconds of Ctrl-C", async () => {
    await context.close();
    // React Router's own server waits for kept-alive connections to run out, which takes some five seconds.
    expect(await terminals.close()).toBeLessThan(15_000);
  });
});
