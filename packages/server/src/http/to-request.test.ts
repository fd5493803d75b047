import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { listen } from "../../test/describe-adapter.js";
import { toFetchRequest } from "../adapters/to-fetch-request.js";
import { toRequest } from "./to-request.js";

const origin = "https://app.example.com";

/** What node makes of these bytes. */
async function receive(head: string): Promise<IncomingMessage> {
  let got: (req: IncomingMessage) => void = () => {};
  const received = new Promise<IncomingMessage>((resolve) => {
    got = resolve;
  });
  const app = await listen(createServer((req) => got(req)));
  const socket = connect(Number(new URL(app.origin).port), "127.0.0.1");
  socket.write(head);
  const req = await received;
  socket.destroy();
  await app.stop();
  return req;
}

it("leaves a Request as it is", () => {
  const request = new Request(`${origin}/reports`);
  expect(toRequest(request, origin)).toBe(request);
});

it("is on the app's own origin, whatever a client or a proxy says about it", async () => {
  for (const path of ["//evil.example/a?b=c", "/\\evil.example/a?b=c", "http://evil.example/a?b=c"]) {
    const req = await receive(
      `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: http\r\n\r\n`,
    );
    const { origin: found, search } = new URL(toRequest(req, origin).url);
    expect([found, search]).toEqual([origin, "?b=c"]);
  }
});

it("has method, path and headers as they came, and leaves the body to the app", async () => {
  const req = await receive(
    "POST /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nCookie: a=1; b=2\r\nX-Twice: 1\r\nX-Twice: 2\r\nContent-Length: 4\r\n\r\nbody",
  );
  const request = toRequest(req, origin);
  expect([request.method, request.url, request.body]).toEqual(["POST", `${origin}/a%20b?x=1`, null]);
  expect([request.headers.get("cookie"), request.headers.get("x-twice")]).toEqual(["a=1; b=2", "1, 2"]);
  expect(req.readableDidRead).toBe(false);
});

it("has the whole path within a mounted router, and survives methods that the Fetch API can't carry", async () => {
  const req = Object.assign(await receive("TRACE /export HTTP/1.1\r\nHost: h\r\n\r\n"), {
    originalUrl: "/api/export",
  });
  const { url, method } = toRequest(req, origin);
  expect([url, method]).toEqual([`${origin}/api/export`, "UNSUPPORTED"]);
});

it("accepts headers alone", () => {
  const request = toRequest(new Headers({ cookie: "a=1" }), origin);
  expect([request.url, request.headers.get("cookie")]).toEqual([`${origin}/`, "a=1"]);
});

it("takes nothing that a client may have sent for a request", () => {
  const sent = { method: "GET", url: "/", headers: { "x-user": "ada" }, rawHeaders: ["x-user", "ada"] };
  const lookalikes = [
    ...[sent, { raw: sent }, { req: { raw: sent } }, { request: sent }, {}, null, undefined, "x-user: ada"],
    ...[
      new URLSearchParams({ "x-user": "ada" }),
      new Map([["x-user", "ada"]]),
      Promise.resolve(new Headers()),
    ],
  ];
  for (const lookalike of lookalikes) {
    // As it comes from a body that has no type.
    expect(() => toRequest(lookalike as Request, origin)).toThrow(
      /something that is no request.*await headers/,
    );
  }
});

it("toFetchRequest follows the framework's idea of the origin, and survives a Host that is not one", async () => {
  const req = await receive("GET /a?b=c HTTP/1.1\r\nHost: app.example.com:8443\r\nCookie: a=1\r\n\r\n");
  expect(toFetchRequest(req).url).toBe("http://app.example.com:8443/a?b=c");
  const trusted = Object.assign(req, { protocol: "https", host: "shop.example.com" });
  expect(toFetchRequest(trusted).url).toBe("https://shop.example.com/a?b=c");
  expect(toFetchRequest({ raw: req, protocol: "https", host: "f.example.com" }).url).toBe(
    "https://f.example.com/a?b=c",
  );
  const odd = await receive("GET /a HTTP/1.1\r\nHost: a b@c/d\r\n\r\n");
  expect(new URL(toFetchRequest(odd).url).pathname).toBe("/a");
  expect(toFetchRequest(trusted).headers.get("cookie")).toBe("a=1");
});
