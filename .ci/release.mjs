// Publishes what is new, with provenance and a list of what is inside. Runs in the release workflow.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readPackages, readRepository } from "./origin.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Builds, lists what is inside in `sbom/`, and publishes; or fails with every reason not to. */
export function release(pnpm, fail) {
  const reasons = whyNotRelease(readState());
  if (reasons.length > 0) fail(["There is no release:", ...reasons].join("\n- "), 1);
  pnpm("run", "build");
  const parts = ["--prod", "--split", "--sbom-format", "cyclonedx", "--out", "sbom/%s-%v.cdx.json"];
  pnpm("--filter", "./packages/*", "sbom", ...parts);
  mkdirSync(`${root}tarballs`, { recursive: true });
  for (const { directory, manifest } of readPackages()) publish(pnpm, fail, directory, manifest);
}

/** pnpm packs, because it knows the workspace's ranges; npm publishes, because it knows the workflow's identity. */
function publish(pnpm, fail, directory, { name, version }) {
  if (isPublished(name, version)) return;
  const tarball = `tarballs/${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
  pnpm("--dir", directory, "pack", "--pack-destination", `${root}tarballs`);
  const { status } = npm("inherit", "publish", tarball, "--access", "public", "--provenance");
  if (status !== 0) fail(`${name} ${version} was not published; run the workflow again for what is left.`, 1);
}

/** A release that broke off resumes where it stopped. */
function isPublished(name, version) {
  const { status, stdout } = npm("pipe", "view", `${name}@${version}`, "version");
  return status === 0 && stdout.trim() === version;
}

const npm = (stdio, ...words) => spawnSync("npm", words, { cwd: root, stdio, encoding: "utf8" });

function readState() {
  return {
    repository: readRepository(),
    versions: readPackages().map(({ manifest }) => manifest.version),
    changesets: readdirSync(`${root}.changeset`).filter((name) => name.endsWith(".md")),
    env: process.env,
  };
}

/** Every reason not to publish, in words that say what to do; an empty list when all is well. */
export function whyNotRelease({ repository, versions, changesets, env }) {
  const reasons = [];
  const known = /^https:\/\/[\w.-]+\/([\w.-]+\/[\w.-]+)$/.exec(repository);
  if (!known || repository.endsWith(".git"))
    reasons.push(
      'Set "repository" in the package.json at the root to its address, as https://github.com/<owner>/<name>: ' +
        "every package says where it comes from, and npm's provenance is held against that.",
    );
  else if (env.GITHUB_REPOSITORY !== undefined && env.GITHUB_REPOSITORY !== known[1])
    reasons.push(
      `"repository" in the package.json at the root names ${known[1]}, but this is ${env.GITHUB_REPOSITORY}.`,
    );
  if (env.GITHUB_ACTIONS !== "true")
    reasons.push("Push a tag and let the release workflow do it: nobody else can sign the provenance.");
  if (changesets.length > 0)
    reasons.push(`Run "npx -y pnpm@12.21.0 changeset version" first: ${changesets.join(", ")} still wait.`);
  const tag = env.GITHUB_REF_NAME;
  for (const version of new Set(versions))
    if (tag !== undefined && tag !== `v${version}`)
      reasons.push(`The tag ${tag} is not v${version}, the version of the packages.`);
  return reasons;
}
