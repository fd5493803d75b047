import { availableParallelism, cpus, totalmem } from "node:os";
import { runOn } from "../postgres/databases.js";

/** The machine and the server in a few words, so that figures from another one can be told apart. */
export async function describeMachine(serverUrl: string): Promise<string> {
  const setting = async (name: string) => {
    const [row] = await runOn(serverUrl, `SHOW ${name}`);
    return String(Object.values(row ?? {})[0]);
  };
  const names = ["server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers"];
  const [version, fsync, commit, pages, buffers] = await Promise.all(names.map(setting));
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"})`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  const durable = `\`fsync\` ${fsync}, \`synchronous_commit\` ${commit}, \`full_page_writes\` ${pages}`;
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${cores}, ${memory}, ${process.platform}, Node ${process.version},`,
    `Postgres ${version} on the same machine (${durable}, \`shared_buffers\` ${buffers}: its defaults).`,
  ].join(" ");
}
