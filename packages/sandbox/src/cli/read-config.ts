import { readFile } from "node:fs/promises";
import type { StartOptions } from "../node/start-sandbox.js";

/** What a configuration file may say: the options of `startSandbox` that are plain data. */
const kinds = {
  port: "number",
  host: "string",
  allowedHosts: "list",
  data: "string",
  secretKey: "string",
  publishableKey: "string",
  webhookSecret: "string",
  apiVersion: "string",
  seed: "string",
  startAt: "string",
  retryDelays: "any",
  webhooks: "list",
  chaos: "object",
  restrictedKeys: "list",
  expiredKeys: "list",
  rateLimit: "object",
  accounts: "list",
  settings: "object",
  seedData: "object",
} as const satisfies Partial<Record<keyof StartOptions, string>>;

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? "list" : value === null ? "null" : typeof value;

const parse = (text: string, file: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not valid JSON: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  if (kindOf(value) !== "object") throw new Error(`${file} must be a JSON object.`);
  return value as Record<string, unknown>;
};

const check = (config: Record<string, unknown>, file: string): void => {
  for (const [key, value] of Object.entries(config)) {
    // An editor's hint about the file is not for us.
    if (key === "$schema") continue;
    if (!Object.hasOwn(kinds, key))
      throw new Error(`${file}: ${key} is unknown; known are ${Object.keys(kinds).join(", ")}.`);
    const wanted = kinds[key as keyof typeof kinds];
    if (wanted !== "any" && kindOf(value) !== wanted)
      throw new Error(`${file}: ${key} must be a ${wanted}, not a ${kindOf(value)}.`);
  }
};

/**
 * Reads a configuration file.
 *
 * @returns null if it does not exist.
 * @throws Error, with the file and the place, for what is not a configuration.
 */
export const readConfig = async (file: string): Promise<StartOptions | null> => {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const { $schema: _hint, startAt, ...config } = parse(text, file);
  check({ ...config, ...(startAt === undefined ? {} : { startAt }) }, file);
  const start = startAt === undefined ? undefined : new Date(String(startAt));
  if (start && Number.isNaN(start.getTime())) throw new Error(`${file}: startAt must be an ISO 8601 time.`);
  return { ...(config as StartOptions), ...(start ? { startAt: start } : {}) };
};
