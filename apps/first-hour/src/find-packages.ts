import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** One version of a package, and where its files are: a folder, or a tarball. */
export interface FoundPackage {
  readonly manifest: Manifest;
  readonly place: string;
}

/** Every package that the repository's lockfile has brought to this machine. */
export function findPackages(): FoundPackage[] {
  const virtualStore = join(root, "node_modules/.pnpm");
  const found = readdirSync(virtualStore, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .flatMap(({ name }) => packagesIn(join(virtualStore, name, "node_modules")));
  const byVersion = new Map(found.map((one) => [`${one.manifest.name}@${one.manifest.version}`, one]));
  return [...byVersion.values()];
}

/** What is in the folder itself; what it links to belongs to another folder. */
function packagesIn(folder: string): FoundPackage[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const place = join(folder, name);
      if (name.startsWith("@")) return packagesIn(place);
      const file = join(place, "package.json");
      return existsSync(file)
        ? [{ manifest: JSON.parse(readFileSync(file, "utf8")) as Manifest, place }]
        : [];
    });
}

/** The version for whoever names none: the one that the recipes are kept up to date with. */
export function findWantedVersion(name: string): string | undefined {
  for (const folder of ["apps/first-hour", "."]) {
    const file = join(root, folder, "node_modules", name, "package.json");
    if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as Manifest).version;
  }
  return undefined;
}
