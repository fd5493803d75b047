import { fileURLToPath } from "node:url";
import { build } from "vite";
import { describe, expect, it } from "vitest";

const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** The modules that an entry brings into an app's bundle, and its code. */
async function bundle(
  entry: string,
): Promise<{ readonly modules: readonly string[]; readonly code: string }> {
  const result = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: true, lib: { entry: source(entry), formats: ["es"], fileName: "out" } },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    "output" in one ? one.output : [],
  );
  const chunks = outputs.filter((output) => output.type === "chunk");
  return {
    modules: chunks.flatMap(({ modules }) => Object.keys(modules)),
    code: chunks.map(({ code }) => code).join("\n"),
  };
}

describe("what a browser loads", () => {
  it("with @tollgate/core is only our own code: neither zod nor vitest", async () => {
    const { modules, code } = await bundle("index.ts");
    expect(modules.filter((id) => id.includes("node_modules"))).toEqual([]);
    expect(modules.filter((id) => /src\/(contract|testing)\//.test(id))).toEqual([]);
    expect(code).not.toMatch(/from\s*["']/);
  });

  it("with @tollgate/core/contract includes zod: the test can tell", async () => {
    const { modules } = await bundle("contract/index.ts");
    expect(modules.some((id) => id.includes("/zod/"))).toBe(true);
  });
});
