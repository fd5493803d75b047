import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** A script in one file, so that a process that is killed again and again starts quickly. */
export interface Bundle {
  readonly path: string;
  remove(): Promise<void>;
}

const room = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a script; what npm brings stays outside. */
export async function bundleApp(entry: URL): Promise<Bundle> {
  // Within the package, so that Node finds what the script imports.
  const outDir = await mkdtemp(join(room, "node_modules", ".proof-"));
  await build({
    root: room,
    configFile: false,
    logLevel: "error",
    resolve: { tsconfigPaths: true },
    build: {
      ssr: fileURLToPath(entry),
      outDir,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: "app.mjs" } },
    },
  });
  return { path: join(outDir, "app.mjs"), remove: () => rm(outDir, { recursive: true, force: true }) };
}
