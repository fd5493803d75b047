import { fileURLToPath } from "node:url";
import { build } from "vite";
import { expect, it } from "vitest";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

it("the edge loads core's decisions and jose's verification, nothing of Node and nothing big", async () => {
  const result = await build({
    configFile: false,
    logLevel: "silent",
    resolve: { alias: { "@tollgate/core": path("../../core/src/index.ts") } },
    build: {
      write: false,
      minify: true,
      lib: { entry: path("../src/edge/index.ts"), formats: ["es"], fileName: "edge" },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    "output" in one ? one.output : [],
  );
  const chunks = outputs.filter((output) => output.type === "chunk");
  const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
  const code = chunks.map((chunk) => chunk.code).join("\n");
  expect(modules.filter((id) => id.includes("node_modules") && !id.includes("/jose/"))).toEqual([]);
  expect(modules.filter((id) => /server\/src\/(?!edge\/)/.test(id))).toEqual([]);
  expect(code).not.toMatch(/from\s*["']|\brequire\(|\bprocess\./);
  expect(new TextEncoder().encode(code).length).toBeLessThan(32_000);
});
