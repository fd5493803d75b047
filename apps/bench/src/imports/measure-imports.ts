import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { interleave, medians } from "../run/interleave.js";
import type { Part } from "../run/part.js";
import { toTable } from "../run/table.js";

const rounds = 9;
const folder = fileURLToPath(new URL("../..", import.meta.url));

const modules = {
  nothing: [],
  stripe: ["stripe"],
  "@tollgate/server/stripe": ["@tollgate/server/stripe"],
  "@tollgate/server, /stripe and /postgres": [
    "@tollgate/server",
    "@tollgate/server/stripe",
    "@tollgate/server/postgres",
  ],
} as const;

type Subject = keyof typeof modules;

interface Import {
  /** Processor time of all threads: by the clock, other work on the machine counts too. */
  readonly milliseconds: number;
  /** In bytes. */
  readonly rss: number;
  /** In bytes, after a collection. */
  readonly heap: number;
}

export const imports: Part = {
  name: "imports",
  title: "Import time and memory",
  async measure() {
    const subjects = Object.keys(modules) as Subject[];
    for (const subject of subjects) await importOnce(subject);
    const results = await interleave(rounds, subjects, importOnce);
    const milliseconds = medians(results, (result) => result.milliseconds);
    const rss = medians(results, (result) => result.rss / 1e6);
    const heap = medians(results, (result) => result.heap / 1e6);
    const row = (label: string, figure: (values: Readonly<Record<Subject, number>>) => number) => [
      label,
      ...[milliseconds, rss, heap].map((values) => figure(values).toFixed(1)),
    ];
    const rows = [
      row(
        "**what `@tollgate/server/stripe` adds to `stripe`**",
        (all) => all["@tollgate/server/stripe"] - all.stripe,
      ),
      ...subjects.slice(1).map((subject) => row(`\`${subject}\``, (all) => all[subject] - all.nothing)),
    ];
    const note = `Medians of ${rounds} fresh processes each, less what Node needs for nothing.`;
    return [toTable(["", "ms of the processor", "resident MB", "heap MB"], rows), note].join("\n\n");
  },
};

/** In a process of its own, from the built packages. */
async function importOnce(subject: Subject): Promise<Import> {
  const script = `
    const started = process.cpuUsage();
    for (const name of ${JSON.stringify(modules[subject])}) await import(name);
    const { user, system } = process.cpuUsage(started);
    const milliseconds = (user + system) / 1000;
    const { rss } = process.memoryUsage();
    gc();
    const { heapUsed: heap } = process.memoryUsage();
    console.log(JSON.stringify({ milliseconds, rss, heap }));`;
  const args = ["--expose-gc", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  return JSON.parse(stdout) as Import;
}
