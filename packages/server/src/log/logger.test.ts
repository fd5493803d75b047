import { Writable } from "node:stream";
import pino from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { createSafeLogger, type Logger } from "./logger.js";

afterEach(() => {
  vi.restoreAllMocks();
});

function pinoTo(lines: string[], level = "info") {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return pino({ level }, stream);
}

test("pino fits as it is, its methods called as methods", () => {
  const lines: string[] = [];
  const logger = createSafeLogger(pinoTo(lines));
  logger.error({ error: new Error("sk_live_abc"), cookie: "sid=1" }, "It failed with whsec_abc");
  logger.warn({ a: 1 }, "Look");
  logger.info({}, "Done");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 50, msg: "It failed with whsec_…", error: { message: "sk_…" }, cookie: "…" },
    { level: 40, msg: "Look", a: 1 },
    { level: 30, msg: "Done" },
  ]);
});

test("a child of pino keeps what it is bound to", () => {
  const lines: string[] = [];
  createSafeLogger(pinoTo(lines).child({ module: "billing" })).error({}, "It failed");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ module: "billing", msg: "It failed" });
});

test("does nothing for a level that is off, and follows when it is switched on", () => {
  const lines: string[] = [];
  const target = pinoTo(lines, "error");
  const logger = createSafeLogger(target);
  const read = vi.fn(() => 1);
  const fields = Object.defineProperty({}, "a", { enumerable: true, get: read });
  logger.info(fields, "Unread");
  expect(read).not.toHaveBeenCalled();
  target.level = "info";
  logger.info(fields, "Read");
  expect(lines).toHaveLength(1);
});

test.each<[string, Logger["error"]]>([
  [
    "throws",
    () => {
      throw new Error("The disk is full of sk_live_abc.");
    },
  ],
  ["rejects", (async () => Promise.reject(new Error("The disk is full of sk_live_abc."))) as Logger["error"]],
])("a logger that %s is reported on the console and nowhere else", async (_name, error) => {
  const reported = vi.spyOn(console, "error").mockImplementation(() => undefined);
  createSafeLogger({ error, warn: error, info: error }).error({}, "It failed");
  await vi.waitFor(() => expect(reported).toHaveBeenCalledTimes(1));
  expect(JSON.stringify(reported.mock.calls)).not.toContain("sk_live");
});

test("fields that can't be read are no failure either", () => {
  const reported = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const fields = Object.defineProperty({}, "a", {
    enumerable: true,
    get: () => {
      throw new Error("no");
    },
  });
  const logger = createSafeLogger({ error: () => {}, warn: () => {}, info: () => {} });
  expect(() => logger.error(fields, "It failed")).not.toThrow();
  expect(reported).toHaveBeenCalledTimes(1);
});
