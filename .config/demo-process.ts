import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface DemoProcess {
  readonly appUrl: string;
  readonly sandboxUrl: string;
  /** Everything that it has printed. */
  output(): string;
  /** Ends it as Ctrl-C does, and resolves when it is gone. */
  interrupt(): Promise<void>;
}

/** Starts a demo as the README does, on free ports, and waits until it says that it is running. */
export async function startDemo(app: string): Promise<DemoProcess> {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const env = { ...process.env, PORT: String(port), SANDBOX_PORT: String(sandboxPort), DEMO_VERBOSE: "1" };
  const child = spawn(process.execPath, [".ci/bootstrap.mjs", "demo", app], {
    cwd: root,
    env,
    stdio: "pipe",
  });
  // A test run that ends early must not leave its demo behind.
  process.once("exit", () => child.kill("SIGTERM"));
  let printed = "";
  child.stdout.on("data", (text) => (printed += text));
  child.stderr.on("data", (text) => (printed += text));
  await says(child, () => printed, "The demo is running");
  return {
    appUrl: `http://localhost:${port}`,
    sandboxUrl: `http://localhost:${sandboxPort}`,
    output: () => printed,
    interrupt: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGINT");
      await gone;
    },
  };
}

function says(child: ChildProcess, printed: () => string, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (printed().includes(words)) resolve();
    };
    child.stdout?.on("data", look);
    child.once("exit", () => reject(new Error(`The demo ended before it said "${words}":\n${printed()}`)));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}
