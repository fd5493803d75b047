import { readdir, readFile } from "node:fs/promises";

/**
 * A clock tick of `/proc`, in microseconds: Linux reports a hundred a second, whatever its kernel counts in.
 */
const tick = 10_000;

/**
 * The processor time of a Postgres server and all of its processes, including those that have ended, in
 * microseconds; `null` where there is no `/proc`.
 */
export async function processorTimeOf(postmaster: number): Promise<number | null> {
  const own = await readTimes(postmaster);
  if (own === null) return null;
  const pids = (await readdir("/proc")).map(Number).filter((pid) => Number.isInteger(pid));
  const all = await Promise.all(pids.map(readTimes));
  const children = all.filter((times) => times !== null && times.parent === postmaster);
  const running = children.reduce((sum, times) => sum + (times?.used ?? 0), 0);
  return (own.used + own.ofEnded + running) * tick;
}

interface Times {
  readonly parent: number;
  readonly used: number;
  /** What children that have ended used. */
  readonly ofEnded: number;
}

async function readTimes(pid: number): Promise<Times | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  // The second field, a name in parentheses, may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const number = (index: number) => Number(fields[index] ?? 0);
  return { parent: number(1), used: number(11) + number(12), ofEnded: number(13) + number(14) };
}
