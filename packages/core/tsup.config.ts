import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    contract: "src/contract/index.ts",
    testing: "src/testing/index.ts",
    // Its patterns are built when it loads, so it is a file of its own, which bundlers drop where nobody uses it.
    "redact-text": "src/redaction/redact-text.ts",
  },
  format: "esm",
  target: "es2022",
  clean: true,
  treeshake: false,
  dts: {
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
