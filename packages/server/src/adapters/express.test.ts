import { createServer } from "node:http";
import express, { type Express } from "express";
import { describe, expect, test } from "vitest";
import { describeAdapter, listen, type Mountable, openAdapterBench } from "../../test/describe-adapter.js";
import { planOf } from "../../test/subscriber.js";
import { toExpressHandler } from "./express.js";

/** Mounts billing in an app, after what the app already uses. */
const start =
  (createApp: () => Express = express) =>
  (billing: Mountable) => {
    const app = createApp().use("/api/billing", toExpressHandler(billing));
    app.get("/up", (_req, res) => void res.send("up"));
    // Its own routes are parsed, whatever comes before.
    app.use(express.json()).post("/echo", (req, res) => void res.json(req.body));
    return listen(createServer(app));
  };

describeAdapter("toExpressHandler", start());

describe("toExpressHandler", () => {
  const bench = openAdapterBench();

  test("leaves the parsing of the app's other routes alone", async () => {
    const origin = await bench.start(start());
    const headers = { "content-type": "application/json" };
    const echo = await fetch(`${origin}/echo`, { method: "POST", headers, body: '{"a":1}' });
    expect(await echo.json()).toEqual({ a: 1 });
  });

  test("after express.json(), a webhook names the cause and the fix, not a bad signature", async () => {
    const origin = await bench.start(start(() => express().use(express.json())));
    const answer = await bench.deliver(origin);
    expect(answer).toMatchObject({ status: 500, code: "raw_body_missing" });
    expect(answer.message).toContain("before express.json()");
    const { logged } = bench.world();
    expect(logged.at(-1)).toMatchObject({ level: "error", fields: { code: "raw_body_missing" } });
    expect(await planOf(bench.world(), bench.user())).toBe("free");
  });

  test("after express.json(), everything but webhooks works all the same", async () => {
    const origin = await bench.start(start(() => express().use(express.json())));
    expect((await bench.checkOut(origin)).status).toBe(200);
    expect(await bench.checkOut(origin, { price: 1 })).toMatchObject({ code: "invalid_body" });
    expect((await fetch(`${origin}/api/billing/plans?currency=eur`)).status).toBe(200);
  });

  test.each([
    ["express.raw()", express.raw({ type: "*/*" })],
    ["express.text()", express.text({ type: "*/*" })],
    [
      "express.json() that keeps req.rawBody",
      express.json({ verify: (req, _res, rawBody) => Object.assign(req, { rawBody }) }),
    ],
  ])("after %s, webhooks and all the rest work", async (_name, parser) => {
    const origin = await bench.start(start(() => express().use(parser)));
    expect((await bench.checkOut(origin)).status).toBe(200);
    expect(await bench.deliver(origin)).toEqual({ status: 200 });
    expect(await planOf(bench.world(), bench.user())).toBe("starter");
  });

  test("works in a router within a router", async () => {
    const { billing } = bench.world();
    const api = express.Router().use("/billing", toExpressHandler(billing));
    const origin = await bench.start(() => listen(createServer(express().use("/api", api))));
    expect(await bench.deliver(origin)).toEqual({ status: 200 });
    expect((await fetch(`${origin}/api/billing/plans?currency=eur`)).status).toBe(200);
  });
});
