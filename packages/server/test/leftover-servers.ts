import { readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const serverFolderPrefix = "tollgate-postgres-";

/** Stops and removes the servers of test runs that were killed before they could do it themselves. */
export async function removeLeftoverServers(): Promise<void> {
  const names = await readdir(tmpdir());
  const folders = names
    .filter((name) => name.startsWith(serverFolderPrefix))
    .map((name) => join(tmpdir(), name));
  for (const folder of folders) {
    const owner = await readPid(join(folder, "owner.pid"));
    // Without an owner yet, it is being made at this moment.
    if (owner === null || isAlive(owner)) continue;
    const server = await readPid(join(folder, "data", "postmaster.pid"));
    if (server !== null && (await worksIn(server, join(folder, "data")))) process.kill(server, "SIGQUIT");
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function readPid(path: string): Promise<number | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** A process id may belong to somebody else by now; a Postgres server works in its data folder. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  return readlink(`/proc/${pid}/cwd`).then(
    (cwd) => cwd === folder,
    () => false,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
