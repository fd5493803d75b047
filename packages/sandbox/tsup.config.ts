import { defineConfig } from "tsup";

export default defineConfig([
  {
    entry: { index: "src/index.ts", cli: "src/cli/cli.ts", browser: "src/browser/index.ts" },
    format: "esm",
    target: "es2022",
    // The two builds run side by side, and neither may delete what the other wrote.
    clean: ["!stripe.js"],
    treeshake: false,
    // Whoever imports the package: the command line has no types.
    dts: {
      entry: { index: "src/index.ts", browser: "src/browser/index.ts" },
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
  },
  {
    // The script that the server serves at /endive/stripe.js, whole and classic.
    entry: { stripe: "src/browser/stripe/stripe-script.ts" },
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    outExtension: () => ({ js: ".js" }),
  },
]);
