import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli.ts", browser: "src/browser/index.ts" },
  format: "esm",
  target: "es2022",
  clean: true,
  treeshake: false,
  dts: { compilerOptions: { composite: false, incremental: false, ignoreDeprecations: "6.0", paths: {} } },
});
