import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { originOf, readPackages, readRepository } from "./origin.mjs";
import { whyNotRelease } from "./release.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const address = "https://github.com/example/tollgate";

interface Manifest {
  readonly name: string;
  readonly license: string;
  readonly engines: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly repository?: unknown;
  readonly homepage?: unknown;
  readonly bugs?: unknown;
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tollgate-release-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unpack = (tarball: string, file: string): string =>
  execFileSync("tar", ["-xOzf", tarball, `package/${file}`], { encoding: "utf8" });

/** Packs a package as a release does, and reads what is in the tarball. */
function pack(cwd: string): { manifest: Manifest; files: string[]; tarball: string } {
  const target = mkdtempSync(join(folder, "packed-"));
  execFileSync("npx", ["-y", "pnpm@12.21.0", "pack", "--pack-destination", target], { cwd, stdio: "pipe" });
  const tarball = join(target, readdirSync(target)[0] ?? "");
  const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  return { manifest: JSON.parse(unpack(tarball, "package.json")) as Manifest, files, tarball };
}

describe.each(readPackages().map(({ directory, manifest }) => [manifest.name as string, directory]))(
  "%s as it is packed",
  (_name, directory) => {
    let packed: ReturnType<typeof pack>;
    beforeAll(() => {
      packed = pack(join(root, directory));
    });

    it("asks for caret ranges of what it needs at run time, and gives peers a range", () => {
      const ranges = Object.entries(packed.manifest.dependencies ?? {});
      expect(ranges.filter(([, range]) => !/^\^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
      const peers = Object.entries(packed.manifest.peerDependencies ?? {});
      expect(peers.filter(([, range]) => !/^(\^|>=)\d/.test(range))).toEqual([]);
    });

    it("says which Node it needs and under which licence it comes, and brings both texts", () => {
      expect(packed.manifest.engines).toEqual({ node: ">=20.20" });
      expect(packed.manifest.license).toBe("MIT");
      expect(packed.files).toContain("package/LICENSE");
      expect(packed.files).toContain("package/README.md");
    });

    it("says where it comes from once the repository has an address, and makes nothing up before", () => {
      const { repository, homepage, bugs } = packed.manifest;
      expect({ repository, homepage, bugs }).toEqual({
        repository: undefined,
        homepage: undefined,
        bugs: undefined,
        ...originOf(readRepository(), directory),
      });
    });

    it("holds no source, test or setting", () => {
      const places =
        /^package\/(dist\/|docs\/|(package\.json|README\.md|LICENSE|CHANGELOG\.md|PARAMETERS\.md)$)/;
      expect(packed.files.filter((file) => !places.test(file))).toEqual([]);
    });
  },
);

it("takes the address for every package from the root's package.json alone", () => {
  const copy = join(folder, "copy");
  mkdirSync(join(copy, "packages/core/dist"), { recursive: true });
  for (const name of ["pnpm-workspace.yaml", ".pnpmfile.mjs", ".ci/origin.mjs", "packages/core/package.json"])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(copy, "package.json"), JSON.stringify({ ...manifest, repository: address }));
  expect(pack(join(copy, "packages/core")).manifest).toMatchObject({
    repository: { type: "git", url: `git+${address}.git`, directory: "packages/core" },
    homepage: `${address}/tree/main/packages/core#readme`,
    bugs: { url: `${address}/issues` },
  });
});

describe("a release", () => {
  const ready = {
    repository: address,
    versions: ["1.2.3", "1.2.3"],
    changesets: [],
    env: { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "example/tollgate", GITHUB_REF_NAME: "v1.2.3" },
  };

  it("goes ahead when everything is there", () => {
    expect(whyNotRelease(ready)).toEqual([]);
  });

  it.each([
    ["no address", { repository: "" }, 'Set "repository" in the package.json at the root'],
    ["an address that is none", { repository: "example/tollgate" }, 'Set "repository"'],
    ["a clone's address", { repository: `${address}.git` }, 'Set "repository"'],
    [
      "another repository's address",
      { repository: "https://github.com/other/tollgate" },
      "but this is example/",
    ],
    ["changesets that wait", { changesets: ["a.md"] }, "a.md still wait"],
    ["another version's tag", { versions: ["1.2.4"] }, "not v1.2.4, the version of the packages"],
    ["a machine that can't sign", { env: {} }, "nobody else can sign the provenance"],
  ])("is refused in words with %s", (_what, wrong, words) => {
    const [reason, ...others] = whyNotRelease({ ...ready, ...wrong });
    expect(reason).toContain(words);
    expect(others).toEqual([]);
  });
});
