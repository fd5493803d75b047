import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    payment: "src/payment-form/index.ts",
    testing: "src/testing/index.ts",
    styles: "src/styles.css",
  },
  format: "esm",
  target: "es2022",
  clean: true,
  banner: { js: '"use client";' },
  treeshake: false,
  dts: { compilerOptions: { composite: false, incremental: false, ignoreDeprecations: "6.0", paths: {} } },
});
