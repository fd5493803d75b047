import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process of its own that answers questions. */
export interface Worker {
  ask<T>(question: string, input?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Starts a file of `src/` as a process of its own. It answers from `settings`. */
export function startWorker(file: string, settings: unknown): Worker {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const env = { ...process.env, NODE_ENV: "production" };
  const flags = process.env.BENCH_NODE_FLAGS?.split(" ") ?? [];
  const execArgv = ["--expose-gc", "--import", "tsx", ...flags];
  const child = fork(path, [JSON.stringify(settings)], { env, execArgv });
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on("message", (reply: Reply) => waiting.get(reply.id)?.(reply));
  child.on("exit", (code) => {
    for (const [id, settle] of waiting) settle({ id, error: `${file} ended with ${code}.` });
  });
  let asked = 0;
  return {
    async ask<T>(question: string, input: unknown = null) {
      asked += 1;
      const id = asked;
      const reply = await new Promise<Reply>((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, question, input });
      });
      waiting.delete(id);
      if (reply.error !== undefined) throw new Error(reply.error);
      return reply.value as T;
    },
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.disconnect();
  await exited;
}

/** What `startWorker` gave. */
export function readSettings<T>(): T {
  return JSON.parse(process.argv[2] ?? "null") as T;
}

/** Answers the parent's questions until it hangs up. */
export function answer(answers: Readonly<Record<string, (input: never) => unknown>>): void {
  process.on("message", async ({ id, question, input }: { id: number; question: string; input: never }) => {
    try {
      process.send?.({ id, value: await answers[question]?.(input) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on("disconnect", () => process.exit(0));
}
