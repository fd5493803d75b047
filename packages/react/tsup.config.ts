import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
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

/** Every module takes React from `react.ts`. */
const oneReact: Plugin = {
  name: "one-react",
  setup(build) {
    build.onResolve({ filter: /^react(\/jsx-runtime)?$/ }, ({ path, importer }) => {
      const way = relative(dirname(importer), "src/react");
      const isItself = /[\\/]src[\\/]react\.ts$/.test(importer);
      return { path: isItself ? path : `${way.startsWith(".") ? way : `./${way}`}.js`, external: true };
    });
  },
};

const entries = ["index", "payment-form/index", "checkout-form/index", "credits/index", "testing/index"];
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
  esbuildPlugins: [oneReact, keepModules],
  // Told apart by the plugin above, and as external as before.
  noExternal: [/^react(\/jsx-runtime)?$/],
  dts: {
    entry: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
    // Types are checked by `pnpm check`, and needn't be twice.
    compilerOptions: {
      noCheck: true,
      noEmitOnError: false,
      composite: false,
      incremental: false,
      ignoreDeprecations: "6.0",
      paths: {},
    },
  },
});
