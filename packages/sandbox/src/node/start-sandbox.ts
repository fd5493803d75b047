import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandboxAt, type Unplaced } from "../sandbox/create-sandbox.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import type { SandboxOptions } from "../sandbox/sandbox-options.js";
import type { SeedData } from "./apply-seed.js";
import type { Keeper } from "./keep-data.js";
import { serveStripeScript } from "./serve-stripe-script.js";

export type StartOptions = Omit<SandboxOptions, "baseUrl"> & {
  /** @default a free one */
  port?: number;
  /**
   * The interface to listen on; its name is allowed like `allowedHosts`. On any but a loopback one, whoever
   * reaches it may do everything: the dashboard asks for no key.
   *
   * @default "127.0.0.1"
   */
  host?: string;
  /** A folder that keeps everything from one start to the next. @default nothing is written to disk */
  data?: string;
  /** What exists from the start, created quietly: no webhook is sent. Not applied to kept data. */
  seedData?: SeedData;
  /** What an error in the seed data is blamed on. @default "seedData" is blamed on the options */
  seedSource?: string;
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

/** Continues from what was kept, or begins with the seed data. */
const prepare = async (
  unplaced: Unplaced,
  url: string,
  keeper: Keeper | null,
  { seedData, seedSource = "options" }: StartOptions,
): Promise<void> => {
  const saved = await keeper?.load();
  if (saved) return unplaced.restore(saved);
  if (!seedData) return;
  const { applySeed } = await import("./apply-seed.js");
  const { fetch, secretKey } = unplaced.sandbox;
  await unplaced.quietly(() => applySeed({ fetch, url, secretKey, source: seedSource }, seedData));
  unplaced.keepAsStart();
};

const openKeeper = async (folder: string | undefined, unplaced: () => Unplaced): Promise<Keeper | null> => {
  if (folder === undefined) return null;
  // Loaded when needed, so that a page can import `createSandbox` from the same entry.
  const { keepData } = await import("./keep-data.js");
  return keepData(
    folder,
    () => unplaced().state(),
    (error) => console.error(`The sandbox could not write to ${folder}:`, error),
  );
};

const addressOf = (host: string, port: number): string => {
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
};

/**
 * Starts a local Stripe account on HTTP.
 *
 * @throws the system's error if the port is taken, and an error that names the place for seed data or kept data
 * that make no sense.
 * @example
 * const sandbox = await startSandbox({ webhooks: [{ url: "http://localhost:3000/api/billing/webhook/stripe" }] });
 * const { hostname, port } = new URL(sandbox.url);
 * const stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
 * await sandbox.close();
 */
export const startSandbox = async (options: StartOptions = {}): Promise<Sandbox> => {
  // Loaded when needed, for the same reason.
  const { createAdaptorServer } = await import("@hono/node-server");
  const { port = 0, host = "127.0.0.1", data, ...rest } = options;
  let url = "";
  const keeper = await openKeeper(data, () => unplaced);
  const unplaced = createSandboxAt(
    () => url,
    { ...rest, allowedHosts: [...(rest.allowedHosts ?? []), host] },
    () => keeper?.changed(),
  );
  const { sandbox, playDue } = unplaced;
  let prepared: Promise<void> = Promise.resolve();
  const answer = unplaced.behindHostDoor(
    serveStripeScript(async (request) => {
      await prepared;
      return sandbox.fetch(request);
    }),
  );
  const server = createAdaptorServer({ fetch: answer }) as Server;
  const address = await listen(server, port, host);
  url = addressOf(host, address.port);
  prepared = prepare(unplaced, url, keeper, options);
  try {
    await prepared;
    keeper?.begin();
  } catch (error) {
    await Promise.all([sandbox.close(), stop(server)]);
    throw error;
  }
  const beat = setInterval(playDue, heartbeat).unref();
  return {
    ...sandbox,
    url,
    close: async () => {
      clearInterval(beat);
      await keeper?.close();
      await Promise.all([sandbox.close(), stop(server)]);
    },
  };
};
