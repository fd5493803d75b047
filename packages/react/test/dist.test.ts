import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import postcss from "postcss";
import tailwind3 from "tailwindcss-3";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installBuilt } from "../../../.config/bundle.js";

const entries = {
  main: "index.js",
  payment: "payment-form/index.js",
  checkout: "checkout-form/index.js",
  credits: "credits/index.js",
  testing: "testing/index.js",
};

/** The package as it is published, built with its own options, types aside. */
describe("the built package", () => {
  let folder: string;
  let dist: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tollgate-react-"));
    installBuilt(folder, ["react"]);
    dist = join(folder, "node_modules/@tollgate/react/dist");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has the entries that its exports name", () => {
    const { exports } = JSON.parse(readFileSync(join(dist, "../package.json"), "utf8"));
    const doors = [".", "./payment", "./checkout", "./credits", "./testing"];
    const named = doors.map((door) => exports[door].default);
    expect(named).toEqual(Object.values(entries).map((path) => `./dist/${path}`));
  });

  it("loads Stripe's packages with the payment form only", () => {
    expect(closure(entries.main)).not.toMatch(/from "@stripe|import\("@stripe/);
    expect(closure(entries.payment)).toMatch(/@stripe\/react-stripe-js/);
    expect(closure(entries.checkout)).toMatch(/@stripe\/react-stripe-js\/checkout/);
  });

  it("loads zod with the testing entry only", () => {
    for (const entry of [entries.main, entries.payment, entries.checkout, entries.credits])
      expect(closure(entry)).not.toMatch(/zod|core\/contract/);
    expect(closure(entries.testing)).toContain("@tollgate/core/contract");
  });

  it("makes one context for all entries, so that the payment form finds the provider", () => {
    for (const entry of [entries.main, entries.payment, entries.checkout, entries.credits]) {
      const contexts = filesOf(entry).filter((path) => read(path).includes("createContext("));
      expect(contexts).toEqual(["session/billing-context.js"]);
    }
  });

  it("brings every part's styles in one file", () => {
    const css = read("styles.css");
    for (const part of ["upgrade-gate", "billing-portal-button", "pricing-table", "payment-form"]) {
      expect(css).toMatch(new RegExp(`\\[data-tollgate="?${part}"?\\]`));
    }
    expect(css).not.toContain("@import");
  });

  it.each([
    ["Vite, which lowers styles with Lightning CSS", buildWithVite],
    ["Tailwind 3, which has layers of its own", processWithTailwind3],
  ])("brings styles that come through %s", async (_, process) => {
    const css = (await process(join(dist, "styles.css"))).replace(/\s*([,:{}])\s*/g, "$1");
    expect(css).toContain("@layer properties,reset,theme,base,components,utilities;");
    for (const layer of ["theme.tollgate", "components.tollgate"]) expect(css).toContain(`@layer ${layer}{`);
    expect(css).toContain(`:not(${Array(8).fill("html").join(" ")})`);
    expect(css).toContain("{all:revert-layer");
    expect(css).toContain("{all:revert;");
    expect(css).toMatch(/--tollgate-accent:\s*oklch\(\s*from Canvas/);
  });

  it("warns of missing styles in development only", async () => {
    const words = "the styles are missing";
    expect(closure(entries.main)).toContain(words);
    expect(await buildWithVite(join(dist, entries.main))).not.toContain(words);
  });

  function read(path: string): string {
    return readFileSync(join(dist, path), "utf8");
  }

  /** An entry and every file of ours that it loads. */
  function filesOf(path: string, seen = new Set<string>()): readonly string[] {
    if (seen.has(path)) return [...seen];
    seen.add(path);
    for (const [, file = ""] of read(path).matchAll(/["'](\.\.?\/[\w./-]+\.js)["']/g))
      filesOf(normalize(join(path, "..", file)), seen);
    return [...seen];
  }

  function closure(entry: string): string {
    return filesOf(entry).map(read).join("\n");
  }
});

/** What an app's production build makes of it. */
async function buildWithVite(input: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, cssMinify: "lightningcss", rollupOptions: { input, external: /^[^./]/ } },
  });
  if (!("output" in built)) throw new Error("Vite built nothing");
  return built.output.map((file) => (file.type === "chunk" ? file.code : String(file.source))).join("\n");
}

async function processWithTailwind3(input: string): Promise<string> {
  const css = `${readFileSync(input, "utf8")} @tailwind base; @tailwind components; @tailwind utilities;`;
  const tailwind = tailwind3({ content: [{ raw: "rounded-full" }] });
  return (await postcss([tailwind]).process(css, { from: undefined })).css;
}
