// Where the source is: the one place is "repository" in the package.json at the root. The published
// packages say so too, because npm checks their provenance against it.
import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const readManifest = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

/** The repository's address; an empty text until there is one. */
export function readRepository() {
  return readManifest("package.json").repository ?? "";
}

/** The published packages: their folders and what their package.json says. */
export function readPackages() {
  return readdirSync(new URL("packages/", root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      directory: `packages/${name}`,
      manifest: readManifest(`packages/${name}/package.json`),
    }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** What a package's package.json says about its origin; nothing until the repository has an address. */
export function originOf(repository, directory) {
  if (repository === "") return {};
  return {
    repository: { type: "git", url: `git+${repository}.git`, directory },
    homepage: `${repository}/tree/main/${directory}#readme`,
    bugs: { url: `${repository}/issues` },
  };
}
