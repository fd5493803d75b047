import { defineConfig } from "tsup";

export default defineConfig({ entry: { server: "server/index.ts" }, format: "esm", target: "node20" });
