import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, dirname } from "node:path";
import { type FoundPackage, findWantedVersion } from "./find-packages.js";

export interface Registry {
  readonly url: string;
  /** Names that were asked for and that it does not have. */
  readonly missing: ReadonlySet<string>;
  close(): void;
}

/**
 * A registry that has these packages and no others, so that `npm install` works to the letter, without a network, and
 * brings what the lockfile says.
 */
export async function startRegistry(packages: readonly FoundPackage[]): Promise<Registry> {
  const missing = new Set<string>();
  const server = createServer((request, response) => {
    const [, name = "", version] =
      /^\/((?:@[^/]+\/)?[^/@]+)(?:\/-\/(.+))?$/.exec(decodeURIComponent(request.url ?? "")) ?? [];
    const versions = packages.filter(({ manifest }) => manifest.name === name);
    const one = versions.find(({ manifest }) => manifest.version === version);
    if (one !== undefined) return sendFiles(response, one.place);
    if (versions.length > 0) return response.end(JSON.stringify(describe(name, versions, url)));
    missing.add(name);
    response.writeHead(404).end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, missing, close: () => void server.close().closeAllConnections() };
}

function describe(name: string, found: readonly FoundPackage[], url: string) {
  const all = found
    .map(({ manifest }) => manifest.version)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const entries = found.map(({ manifest }) => {
    const tarball = `${url}/${name}/-/${manifest.version}`;
    return [manifest.version, { ...manifest, dist: { tarball } }] as const;
  });
  return {
    name,
    "dist-tags": { latest: findWantedVersion(name) ?? all.at(-1) },
    versions: Object.fromEntries(entries),
  };
}

// One file under two names, as pnpm links them, has to come twice: npm leaves out what is a link in a tarball.
// And another checkout that links to the same file changes nothing in it.
const asFiles = process.platform === "linux" ? ["--hard-dereference", "--warning=no-file-changed"] : [];

/** npm takes whatever folder a tarball has at its top, and tarballs that are not compressed. */
function sendFiles(response: ServerResponse, place: string) {
  if (place.endsWith(".tgz")) return createReadStream(place).pipe(response);
  const folder = basename(place);
  const words = ["-cf", "-", ...asFiles, "--exclude", `${folder}/node_modules`, "-C", dirname(place), folder];
  return spawn("tar", words, { stdio: ["ignore", "pipe", "inherit"] }).stdout.pipe(response);
}
