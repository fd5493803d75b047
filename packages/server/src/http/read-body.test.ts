import { expect, test } from "vitest";
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
