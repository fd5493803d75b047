// A process of its own, run from sources: opens a store, says how that went, and ends without closing.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const script = fileURLToPath(new URL("open-pglite.ts", import.meta.url));
const { module } = await runnerImport(script, { configFile: false, resolve: { tsconfigPaths: true } });
process.stdout.write(module.outcome, () => process.exit());
