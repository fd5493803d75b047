import { type AddressInfo, connect } from "node:net";
import express, { type Express } from "express";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { quickPglite } from "../../test/quick-pglite.js";
import { signEvent } from "../../test/requests.js";
import { subscribe } from "../../test/subscriber.js";
import { newUser, openWorld, type World } from "../../test/world.js";
import { toExpressHandler } from "./express.js";

let world: World;
let user: string;
const running: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await openWorld({ store: quickPglite() });
});
afterAll(() => world.close());
beforeEach(() => {
  user = newUser();
  world.tick(60);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

/** The app listens; gives its origin. */
async function listen(app: Express): Promise<string> {
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  running.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function activatedEvent() {
  const { activated } = await subscribe(world, user);
  return signEvent(world.sandbox, world.dashboard, activated);
}

const planOf = async () => (await world.call("GET", "/access", { as: user })).body.planId;

test("mounted before express.json(), it gets exactly the bytes that were signed", async () => {
  const app = express().use("/api/billing", toExpressHandler(world.billing)).use(express.json());
  const origin = await listen(app);
  const { body, headers } = await activatedEvent();
  const response = await fetch(`${origin}/api/billing/webhook/stripe`, { method: "POST", body, headers });
  expect([response.status, await response.json()]).toEqual([200, { received: true }]);
  expect(await planOf()).toBe("starter");
});

test("after express.json(), it names the cause and the fix, not a bad signature", async () => {
  const app = express().use(express.json()).use("/api/billing", toExpressHandler(world.billing));
  const origin = await listen(app);
  const { body, headers } = await activatedEvent();
  const response = await fetch(`${origin}/api/billing/webhook/stripe`, { method: "POST", body, headers });
  const answer = await response.json();
  expect([response.status, answer.error.code]).toEqual([500, "raw_body_missing"]);
  expect(answer.error.message).toContain("before express.json()");
  expect(world.logged.at(-1)).toMatchObject({ level: "error", fields: { code: "raw_body_missing" } });
  expect(await planOf()).toBe("free");
});

test("after express.json(), everything but webhooks works all the same", async () => {
  const app = express().use(express.json()).use("/api/billing", toExpressHandler(world.billing));
  const origin = await listen(app);
  const post = (body: unknown) =>
    fetch(`${origin}/api/billing/checkout`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", "x-user": user },
    });
  expect((await post({ planId: "starter", interval: "month" })).status).toBe(200);
  expect(await (await post({ planId: "starter", interval: "month", price: 1 })).json()).toMatchObject({
    error: { code: "invalid_body" },
  });
});

test("with express.raw() it reads the bytes that were kept", async () => {
  const app = express()
    .use(express.raw({ type: "*/*" }))
    .use("/api/billing", toExpressHandler(world.billing));
  const origin = await listen(app);
  const { body, headers } = await activatedEvent();
  const response = await fetch(`${origin}/api/billing/webhook/stripe`, { method: "POST", body, headers });
  expect(response.status).toBe(200);
  expect(await planOf()).toBe("starter");
});

test("answers to a body that is too large, without breaking the connection first", async () => {
  const origin = await listen(express().use("/api/billing", toExpressHandler(world.billing)));
  const body = "x".repeat(3 * 1024 * 1024);
  const response = await fetch(`${origin}/api/billing/webhook/stripe`, { method: "POST", body });
  expect([response.status, (await response.json()).error.code]).toEqual([413, "body_too_large"]);
});

test("passes headers, query, status and response headers through, and never the Host header", async () => {
  const seen: Request[] = [];
  const handler = async (request: Request) => {
    seen.push(request);
    return new Response("{}", { status: 418, headers: { "x-answer": "yes" } });
  };
  const mounted = toExpressHandler({ handler, appUrl: "https://app.example.com" });
  const origin = await listen(express().use("/api/billing", mounted));
  const response = await fetch(`${origin}/api/billing//evil.example/plans?a=1?b=2`, {
    headers: { cookie: "a=1; b=2", "x-user": "ada" },
  });
  expect([response.status, response.headers.get("x-answer")]).toEqual([418, "yes"]);
  expect(seen[0]?.url).toBe("https://app.example.com/api/billing//evil.example/plans?a=1?b=2");
  expect(seen[0]?.headers.get("cookie")).toBe("a=1; b=2");
});

test("a client that hangs up aborts the request and leaves the server well", async () => {
  let aborted: (() => void) | undefined;
  const done = new Promise<void>((resolve) => {
    aborted = resolve;
  });
  const handler = async (request: Request) => {
    request.signal.addEventListener("abort", () => aborted?.());
    await done;
    return new Response("{}");
  };
  const mounted = toExpressHandler({ handler, appUrl: "https://app.example.com" });
  const origin = await listen(
    express()
      .use("/api/billing", mounted)
      .get("/up", (_req, res) => void res.send("up")),
  );
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.write("GET /api/billing/plans HTTP/1.1\r\nhost: a\r\n\r\n");
  setTimeout(() => socket.destroy(), 50);
  await done;
  expect(await (await fetch(`${origin}/up`)).text()).toBe("up");
});

test("a body that ends in the middle is refused, not left hanging", async () => {
  const origin = await listen(express().use("/api/billing", toExpressHandler(world.billing)));
  const before = world.logged.length;
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.write("POST /api/billing/webhook/stripe HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf");
  setTimeout(() => socket.destroy(), 50);
  await expect
    .poll(() => world.logged.slice(before))
    .toMatchObject([{ level: "info", fields: { code: "invalid_body" } }]);
});
