import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tell } from "./part.js";

const folder = fileURLToPath(new URL("../../peers", import.meta.url));

/** Installs what we compare with, unless it is there already; returns whether it is there afterwards. */
export async function installPeers(): Promise<boolean> {
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return true;
  tell("installs the peers into apps/bench/peers, outside of the workspace");
  // Their requirements of each other conflict between versions; package.json names what fits.
  const flags = ["--legacy-peer-deps", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"];
  try {
    await promisify(execFile)("npm", ["install", ...flags], { cwd: folder, timeout: 120_000 });
    return true;
  } catch (error) {
    tell(`THE PEERS ARE LEFT OUT, because npm could not install them: ${String(error).slice(0, 500)}`);
    return false;
  }
}
