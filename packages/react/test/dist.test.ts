import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsup = fileURLToPath(new URL("../../../node_modules/.bin/tsup", import.meta.url));

/** The package as it is published, built with its own options, types aside. */
describe("the built package", () => {
  let dist: string;

  beforeAll(async () => {
    dist = await mkdtemp(join(tmpdir(), "tollgate-react-"));
    execFileSync(tsup, ["--no-dts", "--out-dir", dist], { cwd: root, stdio: "pipe" });
  });
  afterAll(() => rm(dist, { recursive: true, force: true }));

  it("is client code to a server-component bundler, every file of it", async () => {
    const files = (await readdir(dist)).filter((file) => file.endsWith(".js"));
    expect(files).toContain("index.js");
    for (const file of files) expect(await readFile(join(dist, file), "utf8")).toMatch(/^"use client";/);
  });

  it("loads Stripe's packages with the payment form only", async () => {
    expect(await closure("index.js")).not.toMatch(/from "@stripe|import\("@stripe/);
    expect(await closure("payment.js")).toMatch(/@stripe\/react-stripe-js/);
  });

  it("loads zod with the testing entry only", async () => {
    for (const entry of ["index.js", "payment.js"])
      expect(await closure(entry)).not.toMatch(/zod|core\/contract/);
    expect(await closure("testing.js")).toContain("@tollgate/core/contract");
  });

  it("shares one context between its entries, so that the payment form finds the provider", async () => {
    for (const entry of ["index.js", "payment.js"]) {
      const files = await filesOf(entry);
      const contexts = await Promise.all(
        files.map(async (file) =>
          (await readFile(join(dist, file), "utf8")).includes("createContext(") ? file : null,
        ),
      );
      expect(contexts.filter((file) => file?.startsWith("chunk-"))).toHaveLength(1);
    }
  });

  it("brings every part's styles in one file", async () => {
    const css = await readFile(join(dist, "styles.css"), "utf8");
    for (const part of ["upgrade-gate", "billing-portal-button", "pricing-table", "payment-form"]) {
      expect(css).toMatch(new RegExp(`\\[data-tollgate="?${part}"?\\]`));
    }
    expect(css).not.toContain("@import");
  });

  /** An entry and every file of ours that it loads. */
  async function filesOf(entry: string, seen = new Set<string>()): Promise<readonly string[]> {
    if (seen.has(entry)) return [...seen];
    seen.add(entry);
    const code = await readFile(join(dist, entry), "utf8");
    for (const [, file] of code.matchAll(/["']\.\/([\w-]+\.js)["']/g)) if (file) await filesOf(file, seen);
    return [...seen];
  }

  async function closure(entry: string): Promise<string> {
    const files = await filesOf(entry);
    return (await Promise.all(files.map((file) => readFile(join(dist, file), "utf8")))).join("\n");
  }
});
