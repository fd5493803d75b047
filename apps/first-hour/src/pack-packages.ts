import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type FoundPackage, type Manifest, root } from "./find-packages.js";

/** Packs core, server, react and sandbox as a release does. They must be built. */
export function packPackages(folder: string): FoundPackage[] {
  const words = ["--filter", "./packages/*", "pack", "--pack-destination", folder];
  execFileSync("npx", ["-y", "pnpm@12.21.0", ...words], { cwd: root, stdio: "pipe" });
  return readdirSync(folder).map((file) => {
    const place = join(folder, file);
    const text = execFileSync("tar", ["-xOzf", place, "package/package.json"], { encoding: "utf8" });
    return { manifest: JSON.parse(text) as Manifest, place };
  });
}
