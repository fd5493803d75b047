import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whom the server runs as; empty: as ourselves. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

const name = "postgres";

/** Postgres refuses to run as root: then it gets a user of its own, which is created if there is none. */
export async function findServerAccount(): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return {};
  try {
    return await readAccount();
  } catch {
    await run("useradd", ["--system", "--user-group", name]);
    return readAccount();
  }
}

async function readAccount(): Promise<ServerAccount> {
  const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
