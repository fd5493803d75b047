import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandboxAt, type Sandbox } from "./create-sandbox.js";
import type { SandboxOptions } from "./sandbox-options.js";
import { serveStripeScript } from "./serve-stripe-script.js";

export type StartOptions = Omit<SandboxOptions, "baseUrl"> & {
  /** @default a free one */
  port?: number;
  /** The interface to listen on. @default "127.0.0.1" */
  host?: string;
};

const listen = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server.address() as AddressInfo);
    });
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    // Clients keep their connections open; without this, closing would wait for them.
    server.closeAllConnections();
  });

/** How often time-driven changes are looked for while nobody asks, in milliseconds. */
const heartbeat = 5000;

/**
 * Starts a local Stripe account on HTTP.
 *
 * @throws the system's error if the port is taken.
 * @example
 * const sandbox = await startSandbox({ webhooks: [{ url: "http://localhost:3000/api/billing/webhook/stripe" }] });
 * const { hostname, port } = new URL(sandbox.url);
 * const stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
 * await sandbox.close();
 */
export const startSandbox = async (options: StartOptions = {}): Promise<Sandbox> => {
  // Loaded when needed, so that a page can import `createSandbox` from the same entry.
  const { createAdaptorServer } = await import("@hono/node-server");
  const { port = 0, host = "127.0.0.1", ...rest } = options;
  let url = "";
  const { sandbox, playDue } = createSandboxAt(() => url, rest);
  const server = createAdaptorServer({ fetch: serveStripeScript(sandbox.fetch) }) as Server;
  const address = await listen(server, port, host);
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  url = `http://${name.includes(":") ? `[${name}]` : name}:${address.port}`;
  const beat = setInterval(playDue, heartbeat).unref();
  return {
    ...sandbox,
    url,
    close: async () => {
      clearInterval(beat);
      await sandbox.close();
      await stop(server);
    },
  };
};
