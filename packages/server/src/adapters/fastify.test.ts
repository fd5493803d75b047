import { Readable } from "node:stream";
import Fastify, { type FastifyInstance, type preParsingAsyncHookHandler } from "fastify";
import { describe, expect, test } from "vitest";
import { describeAdapter, type Mountable, openAdapterBench } from "../../test/describe-adapter.js";
import { planOf } from "../../test/subscriber.js";
import { toFastifyPlugin } from "./fastify.js";

/** An app with routes of its own, whose bodies Fastify parses. */
function createApp(preParsing?: preParsingAsyncHookHandler): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true });
  if (preParsing) app.addHook("preParsing", preParsing);
  app.get("/up", async () => "up");
  app.post("/echo", async ({ body }) => ({ body }));
  return app;
}

async function run(app: FastifyInstance) {
  return { origin: await app.listen({ port: 0, host: "127.0.0.1" }), stop: () => app.close() };
}

const start = (preParsing?: preParsingAsyncHookHandler) => async (billing: Mountable) => {
  const app = createApp(preParsing);
  await app.register(toFastifyPlugin(billing));
  return run(app);
};

const startUnder = (prefix: string) => async (billing: Mountable) => {
  const app = createApp();
  await app.register(toFastifyPlugin(billing), { prefix });
  return run(app);
};

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describeAdapter("toFastifyPlugin", start());
describeAdapter("toFastifyPlugin, registered with the prefix,", startUnder("/api/billing"));

describe("toFastifyPlugin", () => {
  const bench = openAdapterBench();

  test("leaves the parsers of the app's other routes alone", async () => {
    const origin = await bench.start(start());
    const post = (type: string, body: string) =>
      fetch(`${origin}/echo`, { method: "POST", headers: { "content-type": type }, body });
    expect(await (await post("application/json", '{"a":1}')).json()).toEqual({ body: { a: 1 } });
    expect(await (await post("text/plain", "hello")).json()).toEqual({ body: "hello" });
    expect((await post("application/xml", "<a/>")).status).toBe(415);
  });

  test("works within a scope that has a part of the path as its prefix", async () => {
    const origin = await bench.start(async (billing) => {
      const app = createApp();
      await app.register(async (api) => void api.register(toFastifyPlugin(billing)), { prefix: "/api" });
      return run(app);
    });
    expect(await bench.deliver(origin)).toEqual({ status: 200 });
    expect((await fetch(`${origin}/api/billing/plans?currency=eur`)).status).toBe(200);
  });

  test.each(["/billing", "/api/bill", "/api/billing/v1"])(
    "does not start under %s, and says why",
    async (prefix) => {
      const app = createApp();
      app.register(toFastifyPlugin(bench.world().billing), { prefix });
      await expect(app.ready()).rejects.toMatchObject({
        code: "invalid_options",
        message: expect.stringContaining(`the prefix "${prefix}" is not the beginning of \`basePath\``),
      });
    },
  );

  test("a hook that has read the body is named as the cause", async () => {
    const swallow: preParsingAsyncHookHandler = async (_request, _reply, payload) => {
      await readAll(payload);
    };
    const origin = await bench.start(start(swallow));
    const answer = await bench.deliver(origin);
    expect(answer).toMatchObject({ status: 500, code: "raw_body_missing" });
    expect(answer.message).toContain("preParsing");
    expect(await planOf(bench.world(), bench.user())).toBe("free");
  });

  test("a hook that has read the body and passes the same bytes on is fine", async () => {
    const copy: preParsingAsyncHookHandler = async (_request, _reply, payload) =>
      Readable.from([await readAll(payload)]);
    const origin = await bench.start(start(copy));
    expect((await bench.checkOut(origin)).status).toBe(200);
    expect(await bench.deliver(origin)).toEqual({ status: 200 });
  });

  test("what the app's hooks add to responses stays: headers and cookies", async () => {
    const handler = async () => new Response("{}", { headers: { "set-cookie": "billing=1" } });
    const origin = await bench.start(
      async (billing) => {
        const app = createApp();
        app.addHook("onRequest", async (_request, reply) => {
          reply.header("x-frame-options", "DENY").header("set-cookie", "session=1");
        });
        await app.register(toFastifyPlugin(billing));
        return run(app);
      },
      { handler },
    );
    const answer = await fetch(`${origin}/api/billing/access`);
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    expect(answer.headers.getSetCookie()).toEqual(["session=1", "billing=1"]);
  });

  test("answers without a server, as tests of Fastify apps call it", async () => {
    const app = createApp();
    await app.register(toFastifyPlugin(bench.world().billing));
    const { body, headers } = await bench.activate();
    const url = "/api/billing/webhook/stripe";
    expect((await app.inject({ method: "POST", url, headers, payload: body })).statusCode).toBe(200);
    expect((await app.inject({ url: "/api/billing/plans?currency=eur" })).json()).toMatchObject({
      currency: "eur",
    });
    expect(await planOf(bench.world(), bench.user())).toBe("starter");
    await app.close();
  });
});
