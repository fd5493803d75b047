import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import type { Desk } from "./follow-recipe.js";

/** The ports that the pages name: the app, a second instance of it or a server behind Vite, and the sandbox. */
const documented = [3000, 3001, 12111];

/** A desk, and where its app and what else it serves are found. */
export interface OpenDesk extends Desk {
  readonly appUrl: string;
  readonly secondUrl: string;
}

/**
 * An empty folder, and a shell that knows nothing of this repository: its npm finds what the lockfile
 * brought, and nothing that honours a proxy can get out.
 */
export async function openDesk(
  folder: string,
  registry: string,
  more: Record<string, string>,
): Promise<OpenDesk> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "tollgate-sandbox.config.json"), JSON.stringify(lateWebhooks));
  const ports = new Map<number, number>();
  for (const port of documented) ports.set(port, await findFreePort());
  const { PATH = "", HOME = "", LANG = "C.UTF-8" } = process.env;
  const env = { PATH, HOME, LANG, ...closedIn(registry, dirname(folder)), ...more };
  const urlOf = (port: number) => `http://localhost:${ports.get(port)}`;
  return { folder, env, ports, appUrl: urlOf(3000), secondUrl: urlOf(3001) };
}

const closedIn = (registry: string, shared: string) => ({
  npm_config_registry: registry,
  npm_config_cache: join(shared, "npm-cache"),
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
  NEXT_TELEMETRY_DISABLED: "1",
  HTTPS_PROXY: "http://127.0.0.1:9",
  HTTP_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "localhost,127.0.0.1",
});

/** The sandbox reads it by itself. Only the person who comes back shows that something was paid. */
const lateWebhooks = { chaos: { delay: 1, delayMs: 3_600_000 } };

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}
