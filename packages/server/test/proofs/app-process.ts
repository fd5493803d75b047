import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Sandbox } from "@tollgate/sandbox";
import { findFreePort } from "../find-free-port.js";
import { bundleApp } from "./bundle-app.js";

/** An app server that runs in a process of its own. */
export interface AppProcess {
  readonly url: string;
  /** Kills it on the spot, without a chance to finish anything, and starts it again at the same address. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** What such a script reads to know where its database and its provider are. */
export function toEnvironment(
  sandbox: Pick<Sandbox, "secretKey" | "webhookSecret" | "url">,
  database: { readonly url: string },
): Readonly<Record<string, string>> {
  return {
    DATABASE_URL: database.url,
    STRIPE_SECRET_KEY: sandbox.secretKey,
    STRIPE_WEBHOOK_SECRET: sandbox.webhookSecret,
    STRIPE_API_BASE: sandbox.url,
  };
}

/** Starts a script; `env` says where its database and its provider are. */
export async function startApp(entry: URL, env: Readonly<Record<string, string>>): Promise<AppProcess> {
  const [port, script] = await Promise.all([findFreePort(), bundleApp(entry)]);
  const start = () =>
    spawn(process.execPath, [script.path], {
      env: { ...process.env, ...env, PORT: String(port) },
      stdio: ["ignore", "pipe", "inherit"],
    });
  let child = start();
  await untilListening(child);
  return {
    url: `http://127.0.0.1:${port}`,
    async killAndRestart() {
      await kill(child);
      child = start();
      await untilListening(child);
    },
    async stop() {
      await kill(child);
      await script.remove();
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function untilListening(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("listening")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`The app ended with ${code} before it listened.`)));
  });
}
