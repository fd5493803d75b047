import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFreePort } from "./find-free-port.js";
import { removeLeftoverServers, serverFolderPrefix } from "./leftover-servers.js";
import { findServerAccount, type ServerAccount } from "./postgres-account.js";
import { prepareBinaries } from "./postgres-binaries.js";

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const user = "postgres";
const password = "tollgate";

/**
 * Starts a Postgres that forgets everything when it stops. All of it lives in the system's temporary folder, because
 * under root the server runs as a user of its own, which can't enter root's home.
 */
export async function startPostgres(): Promise<PostgresServer> {
  await removeLeftoverServers();
  const folder = await mkdtemp(join(tmpdir(), serverFolderPrefix));
  try {
    await writeFile(join(folder, "owner.pid"), String(process.pid));
    // The server's own user has to be able to reach its data.
    await chmod(folder, 0o755);
    const account = await findServerAccount();
    const bin = await prepareBinaries(folder, account);
    await createCluster(bin, folder, account);
    const port = await findFreePort();
    const server = await startServer(bin, folder, account, port);
    return {
      url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
      async stop() {
        await stopServer(server);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw new Error("The test Postgres did not start; TEST_DATABASE_URL can name another.", { cause });
  }
}

async function createCluster(bin: string, folder: string, account: ServerAccount): Promise<void> {
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  await mkdir(data);
  await writeFile(passwordFile, password);
  const { uid, gid } = account;
  if (uid !== undefined && gid !== undefined) {
    for (const path of [data, passwordFile]) await chown(path, uid, gid);
  }
  const access = [`--username=${user}`, `--pwfile=${passwordFile}`, "--auth=password"];
  // The same sort order of texts and the same messages on every machine.
  const flags = ["--encoding=UTF8", "--locale=C", "--no-sync"];
  await run(join(bin, "initdb"), [`--pgdata=${data}`, ...access, ...flags], { ...account, cwd: folder });
}

async function startServer(
  bin: string,
  folder: string,
  account: ServerAccount,
  port: number,
): Promise<ChildProcess> {
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    // Nobody needs this data after a crash.
    fsync: "off",
    full_page_writes: "off",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(bin, "postgres"), ["-D", join(folder, "data"), ...args], {
    ...account,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  await untilReady(server);
  process.once("exit", () => server.kill("SIGINT"));
  return server;
}

/** @throws what the server wrote, if it ended instead */
async function untilReady(server: ChildProcess): Promise<void> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      if (!log.includes("ready to accept connections")) return;
      server.stderr?.removeAllListeners("data").resume();
      resolve();
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(log)));
  });
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  // "Fast shutdown": ends the connections that are open.
  server.kill("SIGINT");
  await exited;
}
