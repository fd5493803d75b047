import { createServer } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import express, { type RequestHandler } from "express";
import { describe, expect, test } from "vitest";
import {
  ask,
  describeAdapter,
  listen,
  openAdapterBench,
  type StartApp,
} from "../../test/describe-adapter.js";
import { appUrl, strangersSignature } from "../../test/requests.js";
import { planOf } from "../../test/subscriber.js";
import { toNodeHandler } from "./node.js";

const startHttp: StartApp = (billing) => {
  const handler = toNodeHandler(billing);
  return listen(createServer((req, res) => (req.url === "/up" ? res.end("up") : handler(req, res))));
};
/** Express as a stack of Connect's middlewares: it cuts the mount path off `req.url`. */
const startStack =
  (...before: RequestHandler[]): StartApp =>
  (billing) => {
    const app = express().get("/up", (_req, res) => void res.send("up"));
    if (before.length > 0) app.use(before);
    return listen(createServer(app.use("/api/billing", toNodeHandler(billing))));
  };

describeAdapter("toNodeHandler", startHttp);
describeAdapter("toNodeHandler, mounted in a stack of middlewares,", startStack());

describe("toNodeHandler", () => {
  const bench = openAdapterBench();

  test("may be the whole server", async () => {
    const origin = await bench.start((billing) => listen(createServer(toNodeHandler(billing))));
    expect((await ask(origin, { path: "/api/billing/plans" })).status).toBe(200);
    expect((await ask(origin, { path: "*", method: "OPTIONS" })).status).toBe(404);
    expect((await ask(origin, { path: "/" })).status).toBe(404);
  });

  test("takes the app's own origin, whatever the Host header and the path say", async () => {
    const seen: string[] = [];
    const handler = async ({ url }: Request) => {
      seen.push(url);
      return new Response();
    };
    const origin = await bench.start(startHttp, { handler });
    for (const path of ["//evil.example/plans", "/@evil.example", "http://evil.example/plans", "*"])
      await ask(origin, { path, headers: { host: "evil.example" } });
    expect(seen).toEqual([
      `${appUrl}//evil.example/plans`,
      `${appUrl}/@evil.example`,
      `${appUrl}/http://evil.example/plans`,
      `${appUrl}/*`,
    ]);
  });

  test("after a body parser, a webhook names the cause and the fix, not a bad signature", async () => {
    const origin = await bench.start(startStack(express.json()));
    expect((await bench.checkOut(origin)).status).toBe(200);
    const answer = await bench.deliver(origin);
    expect(answer).toMatchObject({ status: 500, code: "raw_body_missing" });
    expect(answer.message).toContain("Mount toNodeHandler(billing) before any body parser");
    expect(await planOf(bench.world(), bench.user())).toBe("free");
  });

  test.each<[string, RequestHandler]>([
    ["as bytes", express.raw({ type: "*/*" })],
    ["as text", express.text({ type: "*/*" })],
    [
      "beside the parsed body",
      express.json({ verify: (req, _res, rawBody) => Object.assign(req, { rawBody }) }),
    ],
  ])("a body parser that keeps what arrived, %s, is fine", async (_name, parser) => {
    const origin = await bench.start(startStack(parser));
    expect((await bench.checkOut(origin)).status).toBe(200);
    expect(await bench.deliver(origin)).toEqual({ status: 200 });
  });

  test("a body that was read and thrown away is missing, on every route", async () => {
    const swallow: RequestHandler = (req, _res, next) => void req.resume().once("end", next);
    const origin = await bench.start(startStack(swallow));
    expect(await bench.deliver(origin)).toMatchObject({ code: "raw_body_missing" });
    expect(await bench.checkOut(origin)).toMatchObject({ code: "raw_body_missing" });
  });

  test("headers that a middleware has set stay, and its cookies too", async () => {
    const headers = { "set-cookie": "billing=1", "cache-control": "no-store" };
    const handler = async () => new Response("{}", { headers });
    const before: RequestHandler = (_req, res, next) => {
      res.setHeader("x-frame-options", "DENY").setHeader("set-cookie", "session=1");
      next();
    };
    const origin = await bench.start(startStack(before), { handler });
    const answer = await ask(origin, { path: "/api/billing/access" });
    expect(answer.headers).toMatchObject({
      "x-frame-options": "DENY",
      "set-cookie": ["session=1", "billing=1"],
      "cache-control": "no-store",
    });
  });

  test("what a middleware has answered meanwhile is left alone", async () => {
    const handler = async () => {
      await answered;
      return new Response("late");
    };
    let tell = () => {};
    const answered = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const timeout: RequestHandler = (_req, res, next) => {
      next();
      res.status(503).end("timeout", tell);
    };
    const origin = await bench.start(startStack(timeout), { handler });
    expect((await ask(origin, { path: "/api/billing/access" })).text).toBe("timeout");
    expect((await ask(origin, { path: "/up" })).text).toBe("up");
  });

  test("a header that the Fetch API can't carry ends that connection, not the process", async () => {
    const handler = toNodeHandler(bench.world().billing);
    const server = createServer({ insecureHTTPParser: true }, (req, res) => {
      if (req.url === "/up") return res.end("up");
      req.rawHeaders.push("x-bad", "a\u0000b");
      return handler(req, res);
    });
    const origin = await bench.start(() => listen(server));
    await expect(ask(origin, { path: "/api/billing/plans" })).rejects.toThrow("socket hang up");
    expect((await ask(origin, { path: "/up" })).text).toBe("up");
  });

  test("serves HTTP/2 as well", async () => {
    const server = createHttp2Server(toNodeHandler(bench.world().billing));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const call = (headers: Record<string, string>, body = "") =>
      new Promise<{ status: unknown; text: string }>((resolve, reject) => {
        const stream = client.request(headers, { endStream: body === "" }).on("error", reject);
        let [status, text]: [unknown, string] = [0, ""];
        stream.on("response", (received) => {
          status = received[":status"];
        });
        stream.setEncoding("utf8").on("data", (chunk) => {
          text += chunk;
        });
        stream.on("end", () => resolve({ status, text }));
        if (body !== "") stream.end(body);
      });
    const { body, headers } = await bench.activate();
    const path = "/api/billing/webhook/stripe";
    const forged = { "stripe-signature": strangersSignature() };
    const answers = [
      await call({ ":method": "POST", ":path": path, ...headers }, body),
      await call({ ":method": "POST", ":path": path, ...forged }, "x".repeat(3 * 1024 * 1024)),
      await call({ ":method": "GET", ":path": "/api/billing/plans" }),
    ];
    client.close();
    await new Promise((resolve) => server.close(resolve));
    expect(answers.map(({ status }) => status)).toEqual([200, 413, 200]);
    expect(await planOf(bench.world(), bench.user())).toBe("starter");
  });
});
