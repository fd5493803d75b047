import { parseArgs } from "node:util";
import { chaosNames } from "../engine/world/chaos.js";
import type { StartOptions } from "../node/start-sandbox.js";
import type { ChaosOptions } from "../sandbox/sandbox-options.js";
import { isVersion } from "../versions/version.js";

const parse = (args: string[]) =>
  parseArgs({
    args,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      "allow-host": { type: "string", multiple: true, default: [] },
      "forward-to": { type: "string", multiple: true, default: [] },
      connect: { type: "boolean", default: false },
      events: { type: "string" },
      "webhook-secret": { type: "string" },
      "secret-key": { type: "string" },
      "publishable-key": { type: "string" },
      seed: { type: "string" },
      clock: { type: "string" },
      "api-version": { type: "string" },
      data: { type: "string" },
      config: { type: "string" },
      chaos: { type: "string" },
      retries: { type: "string" },
      "rate-limit": { type: "string" },
      help: { type: "boolean", default: false },
    },
  }).values;

const readPort = (given: string): number => {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535)
    throw new Error(`--port must be a number up to 65535, not ${given}`);
  return port;
};

const readClock = (given: string): Date => {
  const time = new Date(given);
  if (Number.isNaN(time.getTime()))
    throw new Error(`--clock must be a time such as 2027-01-31T12:00:00Z, not ${given}`);
  return time;
};

const camelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** `duplicates=0.2,reorder=0.3,seed=monday` */
const readChaos = (given: string): ChaosOptions =>
  Object.fromEntries(
    given.split(",").map((part) => {
      const [name = "", value] = part.split("=");
      const key = camelCase(name.trim());
      if (value === undefined || (key !== "seed" && !chaosNames.includes(key)))
        throw new Error(`--chaos takes name=value pairs of seed, ${chaosNames.join(", ")}; not ${part}`);
      if (key !== "seed" && (value.trim() === "" || Number.isNaN(Number(value))))
        throw new Error(`--chaos ${key} must be a number, not ${value}`);
      return [key, key === "seed" ? value : Number(value)];
    }),
  );

const readRetries = (given: string): "live" | "quick" => {
  if (given === "live" || given === "quick") return given;
  throw new Error(`--retries must be live or quick, not ${given}`);
};

const readApiVersion = (given: string): string => {
  if (isVersion(given)) return given;
  throw new Error(`--api-version must be a version such as 2025-03-31.basil, not ${given}`);
};

const readEvents = (given: string): string[] => {
  const types = given.split(/[\s,]+/).filter((type) => type !== "");
  if (types.length > 0) return types;
  throw new Error("--events takes types, such as invoice.paid,customer.subscription.updated");
};

const readRate = (given: string): number => {
  const rate = Number(given);
  if (rate > 0) return rate;
  throw new Error(`--rate-limit must be a number above 0, not ${given}`);
};

/** What the command line asks for. */
export type Flags = { help: boolean; config: string | undefined; options: StartOptions };

/**
 * Reads the command line.
 *
 * @throws Error that names the flag.
 */
export const readFlags = (args: string[]): Flags => {
  const flags = parse(args);
  const { port, host, seed, clock, data, chaos, retries, config, help } = flags;
  const rate = flags["rate-limit"];
  const version = flags["api-version"];
  const urls = flags["forward-to"];
  const names = flags["allow-host"];
  const heard = flags.events === undefined ? {} : { events: readEvents(flags.events) };
  const options: StartOptions = {
    ...(port === undefined ? {} : { port: readPort(port) }),
    ...(host === undefined ? {} : { host }),
    ...(names.length > 0 ? { allowedHosts: names } : {}),
    ...(urls.length > 0 ? { webhooks: urls.map((url) => ({ url, connect: flags.connect, ...heard })) } : {}),
    ...(flags["webhook-secret"] ? { webhookSecret: flags["webhook-secret"] } : {}),
    ...(flags["secret-key"] ? { secretKey: flags["secret-key"] } : {}),
    ...(flags["publishable-key"] ? { publishableKey: flags["publishable-key"] } : {}),
    ...(seed ? { seed } : {}),
    ...(clock === undefined ? {} : { startAt: readClock(clock) }),
    ...(version === undefined ? {} : { apiVersion: readApiVersion(version) }),
    ...(data === undefined ? {} : { data }),
    ...(chaos === undefined ? {} : { chaos: readChaos(chaos) }),
    ...(retries !== undefined && readRetries(retries) === "live" ? { retryDelays: "live" } : {}),
    ...(rate === undefined ? {} : { rateLimit: { perSecond: readRate(rate) } }),
  };
  return { help, config, options };
};
