import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { getRequestListener } from "@hono/node-server";
import { NextRequest } from "next/server.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { listen, type RunningApp } from "./describe-adapter.js";
import { createExpress4, createExpress5 } from "./refusals/in-express.js";
import { createFastifyApp } from "./refusals/in-fastify.js";
import { createPage, createRoute } from "./refusals/in-fetch.js";
import { createHono } from "./refusals/in-hono.js";
import { createNodeServer } from "./refusals/in-node.js";
import { createLoader } from "./refusals/in-react-router.js";
import { newUser, openWorld, type World } from "./world.js";

const require = createRequire(import.meta.url);

let world: World;
let payer: string;
const free = newUser();

beforeAll(async () => {
  world = await openWorld({ store: memory() });
  payer = newUser();
  await world.buy(payer, { planId: "pro", interval: "month" });
  for (const event of world.events(payer)) await world.deliver(event);
});
afterAll(() => world.close());

interface Kind {
  readonly name: string;
  readonly create: () => Server | Promise<Server>;
}

const kinds: readonly Kind[] = [
  { name: "Express 5", create: () => createExpress5(world.billing, true) },
  { name: "Express 4", create: () => createExpress4(require("express-4"), world.billing) },
  { name: "Hono", create: () => createHono(world.billing, true) },
  { name: "Hono with nothing to catch it", create: () => createHono(world.billing, false) },
  { name: "Fastify", create: () => createFastifyApp(world.billing, true) },
  { name: "node:http", create: () => createNodeServer(world.billing) },
  {
    name: "a route of Next's, Bun's, Deno's",
    create() {
      const GET = createRoute(world.billing);
      const answer = (request: Request) =>
        request.url.endsWith("/broken")
          ? new Response(null, { status: 500 })
          : GET(new NextRequest(request.url, { headers: request.headers }));
      return createServer(getRequestListener(answer));
    },
  },
];

describe.each(kinds)("what require refuses, in $name,", ({ create }) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await listen(await create());
  });
  afterAll(() => app.stop());
  const ask = (path: string, user?: string) =>
    fetch(app.origin + path, { headers: user === undefined ? {} : { "x-user": user } });

  it("is 401 for whoever is signed out, and 402 for whoever's plan lacks it, in our words", async () => {
    const [signedOut, notPaid] = await Promise.all([ask("/export"), ask("/export", free)]);
    expect([signedOut.status, notPaid.status]).toEqual([401, 402]);
    expect(await signedOut.json()).toMatchObject({ error: { code: "unauthenticated" } });
    expect(await notPaid.json()).toEqual({
      error: {
        code: "upgrade_required",
        message: "Your plan does not include this.",
        details: {
          feature: "export",
          reason: "not_in_plan",
          upgradeTo: "pro",
          limit: null,
          used: 0,
          held: 0,
          resetsAt: null,
          unlocks: expect.arrayContaining([expect.objectContaining({ kind: "plan", planId: "pro" })]),
        },
      },
    });
    for (const { headers } of [signedOut, notPaid]) {
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-type")).toMatch(/^application\/json/);
    }
  });

  it("is nothing for whoever has paid", async () => {
    const answer = await ask("/export", payer);
    expect([answer.status, await answer.text()]).toEqual([200, "week,visitors"]);
  });

  it("leaves the app's own failures to the app", async () => {
    const answer = await ask("/broken", payer);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("upgrade_required");
  });
});

describe.each([
  { name: "Express 5", create: () => createExpress5(world.billing, false) },
  { name: "Fastify", create: () => createFastifyApp(world.billing, false) },
] satisfies readonly Kind[])("with nothing to catch it, $name", ({ create }) => {
  it("answers with the right status, and no cache may keep it", async () => {
    const app = await listen(await create());
    const answer = await fetch(`${app.origin}/export`, { headers: { "x-user": free } });
    expect(answer.status).toBe(402);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    await app.stop();
  });
});

describe("in React Router 7", () => {
  it("what a loader throws is its error boundary's, with status and code", async () => {
    const { createStaticHandler, isRouteErrorResponse } = require("react-router");
    const routes = [{ id: "export", path: "/export", loader: createLoader(world.billing) }];
    const load = (headers: Record<string, string>) =>
      createStaticHandler(routes).query(new Request("http://localhost/export", { headers }));
    const refused = await load({ "x-user": free });
    expect(refused.statusCode).toBe(402);
    expect(isRouteErrorResponse(refused.errors.export)).toBe(true);
    expect(refused.errors.export.data.error.code).toBe("upgrade_required");
    expect((await load({ "x-user": payer })).loaderData).toEqual({ export: { rows: ["week,visitors"] } });
  });
});

describe("in a server component of Next", () => {
  it("`await headers()` is enough to ask, and whoever lacks the plan is sent to the prices", async () => {
    const { HeadersAdapter } = require("next/dist/server/web/spec-extension/adapters/headers.js");
    const page = (user: string) =>
      createPage(world.billing, async () => HeadersAdapter.seal(HeadersAdapter.from({ "x-user": user })))();
    expect(await page(free)).toBe("/pricing");
    expect(await page(payer)).toBeNull();
  });
});

it("is what the README shows, line for line", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const section = /\n### When `require` refuses\n([\s\S]*?)\n### /.exec(readme)?.[1] ?? "";
  const shown = [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  const files = ["fetch", "express", "hono", "fastify", "node", "react-router"];
  const tested = await Promise.all(
    files.map((name) => readFile(new URL(`./refusals/in-${name}.ts`, import.meta.url), "utf8")),
  );
  const bare = (code: string) => code.replaceAll(/\s+/g, " ").replaceAll("export ", "").trim();
  expect(shown.length).toBeGreaterThanOrEqual(files.length);
  for (const code of shown) {
    const lines = bare(code.replaceAll(/^\/\/.*\n/gm, ""));
    expect(
      tested.some((file) => bare(file).includes(lines)),
      code,
    ).toBe(true);
  }
});
