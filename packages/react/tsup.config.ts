import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * Every module stays a file of its own: a bundler drops whole files that an app does not use, and `"use client"`
 * stands in those alone that need it.
 */
const keepModules: Plugin = {
  name: "keep-modules",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
      kind === "import-statement" || kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

const entries = ["index", "payment-form/index", "testing/index"];
const apart = /\.(test|stories|css)\b|(^|\/)stories\/|-scene\.tsx$|\/(demo-|fill-)/;
const hasCode = (path: string) => /^export (?!type |interface )/m.test(readFileSync(`src/${path}`, "utf8"));
const modules = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.tsx?$/.test(path) && !apart.test(path) && hasCode(path),
);

export default defineConfig({
  entry: [...modules.map((path) => `src/${path}`), "src/styles.css"],
  format: "esm",
  target: "es2022",
  clean: true,
  splitting: false,
  treeshake: false,
  esbuildPlugins: [keepModules],
  dts: {
    entry: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
    compilerOptions: { composite: false, incremental: false, ignoreDeprecations: "6.0", paths: {} },
  },
});
