import { once } from "node:events";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { describe, expect, test, vi } from "vitest";
import { readBytes, readJson } from "./read-body.js";

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  const init: RequestInit & { duplex: "half" } = { method: "POST", body, headers, duplex: "half" };
  return new Request("https://app.example.com/", init);
}

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1024)) });
}

test("gives exactly the bytes that arrived", async () => {
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0d, 0x0a]);
  expect(await readBytes(post(bytes), 100)).toEqual(bytes);
});

test("accepts a body of exactly the limit and refuses one byte more", async () => {
  expect(await readBytes(post("x".repeat(10)), 10)).toHaveLength(10);
  await expect(readBytes(post("x".repeat(11)), 10)).rejects.toMatchObject({ code: "body_too_large" });
});

test("stops reading an endless body, whatever its Content-Length claims", async () => {
  const request = post(endless(), { "content-length": "2" });
  await expect(readBytes(request, 4096)).rejects.toMatchObject({ code: "body_too_large", status: 413 });
});

test("waits for a body until its time is up, however steadily it trickles", async () => {
  const trickle = new ReadableStream<Uint8Array>({
    async pull(stream) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      stream.enqueue(new Uint8Array(1));
    },
  });
  const silent = new ReadableStream<Uint8Array>();
  for (const body of [trickle, silent])
    await expect(readBytes(post(body), 4096, 50)).rejects.toMatchObject({
      code: "body_too_slow",
      status: 408,
    });
});

test("leaves no timer behind", async () => {
  vi.useFakeTimers();
  await readBytes(post("{}"), 10);
  await readBytes(post("x".repeat(11)), 10).catch(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("says so when something else has read the body", async () => {
  const request = post("{}");
  await request.text();
  await expect(readBytes(request, 10)).rejects.toMatchObject({ code: "raw_body_missing" });
});

test("a connection that breaks is the caller's failure", async () => {
  const broken = new ReadableStream({ start: (stream) => stream.error(new Error("reset")) });
  await expect(readBytes(post(broken), 10)).rejects.toMatchObject({ code: "invalid_body" });
});

test.each(["", "{", "{'a':1}", "undefined"])("refuses %j as JSON", async (body) => {
  await expect(readJson(post(body), 100)).rejects.toMatchObject({ code: "invalid_json" });
});

test("refuses JSON that is not UTF-8", async () => {
  const bytes = new Uint8Array([0x22, 0xff, 0x22]);
  await expect(readJson(post(bytes), 100)).rejects.toMatchObject({ code: "invalid_json" });
});

describe("a request of a server's own kind", () => {
  class ServerRequest extends Request {
    override get body(): never {
      throw new Error("Nobody asked for a stream.");
    }
  }
  const arrive = (headers: Record<string, string>) =>
    new ServerRequest("https://app.example.com/", { method: "POST", body: "0123456789", headers });

  test("is read at once when its length is known", async () => {
    expect(await readBytes(arrive({ "content-length": "10" }), 10)).toHaveLength(10);
  });

  test.each([
    ["without a length", {}],
    ["longer than the limit", { "content-length": "11" }],
    ["with a length that is no number", { "content-length": "1e1" }],
    ["that something may have unpacked", { "content-length": "10", "content-encoding": "gzip" }],
  ])("is counted as it arrives when it is one %s", async (_name, headers) => {
    await expect(readBytes(arrive(headers), 10)).rejects.toThrow("Nobody asked for a stream.");
  });

  test.each([
    ["of the limit", 4096, { "content-length": "4096" }, 4096],
    ["beyond the limit", 4097, { "content-length": "4097" }, "body_too_large"],
    ["beyond the limit, in chunks", 4097, {}, "body_too_large"],
  ])("answers over HTTP with the outcome of a body %s", async (_name, size, headers, expected) => {
    const server = createServer(
      getRequestListener(async (request) =>
        Response.json(
          await readBytes(request, 4096).then(
            (bytes) => bytes.length,
            ({ code }) => code,
          ),
        ),
      ),
    );
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const outgoing = send({ port, host: "127.0.0.1", method: "POST", headers });
    outgoing.write("x".repeat(10));
    outgoing.end("x".repeat(size - 10));
    const [answer] = await once(outgoing, "response");
    expect(JSON.parse(String(await answer.toArray()))).toBe(expected);
    server.close().closeAllConnections();
  });
});
