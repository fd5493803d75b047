import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { describe, expect, test } from "vitest";
import {
  describeAdapter,
  listen,
  type Mountable,
  openAdapterBench,
  type StartApp,
} from "../../test/describe-adapter.js";
import { planOf } from "../../test/subscriber.js";
import { toHonoHandler } from "./hono.js";

const serve = (app: Hono) => listen(createServer(getRequestListener(app.fetch)));
const mount = (app: Hono, billing: Mountable) => {
  app.get("/up", (c) => c.text("up"));
  return serve(app.all("/api/billing/*", toHonoHandler(billing)));
};
const start: StartApp = (billing) => mount(new Hono(), billing);
const startAfter =
  (before: MiddlewareHandler): StartApp =>
  (billing) =>
    mount(new Hono().use(before) as Hono, billing);
/** A middleware that reads the body, then lets the rest work. */
const reading =
  (read: (c: Context) => Promise<unknown>): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.method === "POST") await read(c);
    await next();
  };

describeAdapter("toHonoHandler", start, { keepsConnection: false });

describe("toHonoHandler", () => {
  const bench = openAdapterBench();

  test.each<[string, MiddlewareHandler]>([
    ["c.req.text()", reading((c) => c.req.text())],
    ["c.req.json()", reading((c) => c.req.json())],
    ["c.req.arrayBuffer()", reading((c) => c.req.arrayBuffer())],
    ["c.req.blob()", reading((c) => c.req.blob())],
    ["c.req.parseBody()", reading((c) => c.req.parseBody())],
    ["bodyLimit()", bodyLimit({ maxSize: 1024 * 1024 })],
  ])("a middleware that has read the body with %s is no trouble", async (_name, before) => {
    const origin = await bench.start(startAfter(before));
    expect((await bench.checkOut(origin)).status).toBe(200);
    expect(await bench.deliver(origin)).toEqual({ status: 200 });
    expect(await planOf(bench.world(), bench.user())).toBe("starter");
    expect((await fetch(`${origin}/api/billing/plans`)).status).toBe(200);
  });

  test.each<[string, MiddlewareHandler]>([
    ["c.req.raw", reading((c) => c.req.raw.text())],
    ["c.req.formData()", reading((c) => c.req.formData())],
  ])("a middleware that has read the body with %s is named as the cause", async (_name, before) => {
    const origin = await bench.start(startAfter(before));
    const { headers, body } = await bench.activate();
    const type = "application/x-www-form-urlencoded";
    const answer = await fetch(`${origin}/api/billing/webhook/stripe`, {
      method: "POST",
      headers: { ...headers, "content-type": type },
      body,
    });
    const { error } = await answer.json();
    expect([answer.status, error.code]).toEqual([500, "raw_body_missing"]);
    expect(error.message).toContain("c.req.text() or c.req.json()");
    expect(await planOf(bench.world(), bench.user())).toBe("free");
  });

  test("works in an app that is itself mounted under a path, and without a server", async () => {
    const { handler } = bench.world().billing;
    const inner = new Hono().all("/billing/*", toHonoHandler({ handler }));
    const app = new Hono().route("/api", inner);
    const { body, headers } = await bench.activate();
    const answer = await app.request("/api/billing/webhook/stripe", { method: "POST", headers, body });
    expect(answer.status).toBe(200);
    expect((await app.request("/api/billing/plans?currency=eur")).status).toBe(200);
    expect(await planOf(bench.world(), bench.user())).toBe("starter");
  });
});
