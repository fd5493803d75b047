import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { movePorts, type Step } from "./read-recipe.js";

/** Where a page is followed, and with what. */
export interface Desk {
  readonly folder: string;
  readonly env: Record<string, string>;
  /** The page's ports, and the free ones in their place. */
  readonly ports: ReadonlyMap<number, number>;
}

/** The terminals that the page left open. */
export interface Terminals {
  output(): string;
  /** Ends each as Ctrl-C does, in turn; returns how many milliseconds the slowest took. */
  close(): Promise<number>;
}

/**
 * Does what the page says, in its order.
 *
 * @throws Error with all that was printed, when a command fails
 */
export async function followRecipe(steps: readonly Step[], desk: Desk): Promise<Terminals> {
  const open: Terminal[] = [];
  const terminals = toTerminals(open);
  try {
    for (const step of steps) {
      const text = movePorts(step.text, desk.ports);
      if (step.kind === "file") writeWholeFile(join(desk.folder, step.path), text);
      else if (step.stays) open.push(await leaveRunning(text, desk));
      else await runCommands(text, desk);
    }
  } catch (cause) {
    await terminals.close();
    throw new Error(`${(cause as Error).message}\n\nThe terminals:\n${terminals.output()}`, { cause });
  }
  return terminals;
}

function writeWholeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

interface Terminal {
  readonly child: ChildProcess;
  readonly printed: () => string;
}

/** A run that is interrupted leaves nothing behind. */
const running = new Set<ChildProcess>();
const endAll = () => {
  for (const child of running) signal(child, "SIGKILL");
};

/** In a group of its own, so that Ctrl-C reaches whatever the shell started. */
function openTerminal(text: string, { folder, env }: Desk): Terminal {
  const child = spawn("bash", ["-e", "-c", text], { cwd: folder, env, stdio: "pipe", detached: true });
  let printed = `$ ${text}`;
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (piece: string) => (printed += stripVTControlCharacters(piece)));
  if (!process.listeners("exit").includes(endAll)) process.once("exit", endAll);
  running.add(child);
  child.once("close", () => running.delete(child));
  return { child, printed: () => printed };
}

async function runCommands(text: string, desk: Desk): Promise<void> {
  const { child, printed } = openTerminal(text, desk);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`A command of the page failed:\n${printed()}`);
}

/** What a person waits for: it prints where it can be reached, and that address answers. */
async function leaveRunning(text: string, desk: Desk): Promise<Terminal> {
  const terminal = openTerminal(text, desk);
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && terminal.child.exitCode === null) {
    const [url] =
      /https?:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(afterFirstLines(terminal.printed(), text)) ?? [];
    if (url !== undefined && (await answers(url))) return terminal;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  signal(terminal.child, "SIGKILL");
  throw new Error(`This terminal printed no address that answers:\n${terminal.printed()}`);
}

const afterFirstLines = (printed: string, text: string) => printed.slice(text.length + 2);

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ status }) => status < 500,
    () => false,
  );

function toTerminals(open: readonly Terminal[]): Terminals {
  return {
    output: () => open.map(({ printed }) => printed()).join("\n"),
    close: async () => {
      let slowest = 0;
      for (const { child } of [...open].reverse()) slowest = Math.max(slowest, await interrupt(child));
      return slowest;
    },
  };
}

async function interrupt(child: ChildProcess): Promise<number> {
  const start = Date.now();
  if (child.exitCode !== null || child.signalCode !== null) return 0;
  const gone = once(child, "close");
  signal(child, "SIGINT");
  const force = setTimeout(() => signal(child, "SIGKILL"), 20_000);
  await gone;
  clearTimeout(force);
  return Date.now() - start;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // It has already ended.
  }
}
