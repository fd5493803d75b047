import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const kept = fileURLToPath(new URL("../../node_modules/.cache/stripe-sdks/", import.meta.url));

const install = async (release: string, folder: string): Promise<void> => {
  await mkdir(kept, { recursive: true });
  // Put in place whole, because test files run side by side.
  const building = await mkdtemp(join(kept, "building-"));
  try {
    await writeFile(join(building, "package.json"), '{ "private": true }');
    const quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=peer"];
    const soon = ["--fetch-retries=1", "--fetch-timeout=20000"];
    await promisify(execFile)("npm", ["install", ...quiet, ...soon, `stripe@${release}`], {
      cwd: building,
      timeout: 60_000,
      shell: process.platform === "win32",
    });
    await rename(building, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
};

const need = async (release: string): Promise<string> => {
  const folder = join(kept, release);
  if (!existsSync(folder))
    await install(release, folder).catch((cause: unknown) => {
      throw new Error(
        `stripe@${release} is not tested: npm could not install it. It needs the registry once; then it is kept in ` +
          "packages/sandbox/node_modules/.cache/stripe-sdks.",
        { cause },
      );
    });
  return join(folder, "node_modules/stripe");
};

const needed = new Map<string, Promise<string>>();

/**
 * The folder of a release of the stripe package. It is installed once, and kept.
 *
 * @throws Error that says what to do, if npm cannot install it.
 */
export const installSdk = (release: string): Promise<string> => {
  // Tried once, because waiting for a registry that does not answer takes a minute.
  const folder = needed.get(release) ?? need(release);
  needed.set(release, folder);
  return folder;
};
