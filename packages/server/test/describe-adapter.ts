import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { type AddressInfo, connect, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Billing } from "../src/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { signEvent, strangersSignature } from "./requests.js";
import { planOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

/** What an adapter mounts. */
export type Mountable = Pick<Billing, "handler" | "appUrl" | "basePath">;

/** An app that listens; it answers GET /up with `up`. */
export interface RunningApp {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts an app with billing mounted under `/api/billing`. */
export type StartApp = (billing: Mountable) => Promise<RunningApp>;

/** What a test of an adapter works with. */
export interface AdapterBench {
  readonly world: () => World;
  readonly user: () => string;
  /** Starts the app, around the world's billing or another; it stops with the test. */
  start(start: StartApp, billing?: Partial<Mountable>): Promise<string>;
  /** The bytes and headers of the event that activates the user's new subscription. */
  activate(): Promise<{ body: string; headers: Record<string, string> }>;
  /** Posts that event, as it was signed. */
  deliver(origin: string): Promise<{ status: number; code?: string; message?: string }>;
  /** Opens a checkout as the user. */
  checkOut(origin: string, more?: object): Promise<{ status: number; code?: string }>;
}

/** A world with one store for the tests of a block, and a new user for each. */
export function openAdapterBench(): AdapterBench {
  let world: World;
  let user: string;
  const running: RunningApp[] = [];
  beforeAll(async () => {
    world = await openWorld({ store: memory() });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.stop()));
  });

  const activate = async () => {
    const { activated } = await subscribe(world, user);
    return signEvent(world.sandbox, world.dashboard, activated);
  };
  return {
    world: () => world,
    user: () => user,
    async start(start, billing = {}) {
      const { handler, appUrl, basePath } = world.billing;
      const app = await start({ handler, appUrl, basePath, ...billing });
      running.push(app);
      return app.origin;
    },
    activate,
    async deliver(origin) {
      const signed = await activate();
      return readAnswer(await fetch(`${origin}/api/billing/webhook/stripe`, { method: "POST", ...signed }));
    },
    async checkOut(origin, more = {}) {
      const headers = { "content-type": "application/json", "x-user": user };
      const body = JSON.stringify({ planId: "starter", interval: "month", ...more });
      return readAnswer(await fetch(`${origin}/api/billing/checkout`, { method: "POST", headers, body }));
    },
  };
}

async function readAnswer(response: Response) {
  const { error } = await response.json();
  return { status: response.status, ...(error && { code: error.code, message: error.message }) };
}

/** Makes a node server listen, and stop. */
export async function listen(server: Server & { closeAllConnections?(): void }): Promise<RunningApp> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections?.();
      await closed;
    },
  };
}

/**
 * What every adapter promises, whatever the framework, in an app that parses no bodies before it.
 *
 * @param traits.keepsConnection Whether a connection outlives a body that was refused half-way; it does not where the
 * framework's own server closes it. @default true
 */
export function describeAdapter(
  name: string,
  start: StartApp,
  { keepsConnection = true }: { readonly keepsConnection?: boolean } = {},
): void {
  describe(`${name} keeps the promises of an adapter`, () => {
    const bench = openAdapterBench();
    const serve = (billing?: Partial<Mountable>) => bench.start(start, billing);

    test("a webhook is verified over exactly the bytes that were signed", async () => {
      expect(await bench.deliver(await serve())).toEqual({ status: 200 });
      expect(await planOf(bench.world(), bench.user())).toBe("starter");
    });

    test("a JSON route works, and its refusals come through", async () => {
      const origin = await serve();
      expect((await bench.checkOut(origin)).status).toBe(200);
      expect(await bench.checkOut(origin, { price: 1 })).toMatchObject({ status: 400, code: "invalid_body" });
    });

    test("the query string reaches the route", async () => {
      const plans = await fetch(`${await serve()}/api/billing/plans?currency=eur&`);
      expect(await plans.json()).toMatchObject({ currency: "eur" });
      const refused = await fetch(`${await serve()}/api/billing/plans?currency=eur?a=1&b=2`);
      expect((await refused.json()).error.code).toBe("invalid_query");
    });

    test("headers, path, query, status and response headers pass as they are", async () => {
      const seen: Request[] = [];
      const handler = async (received: Request) => {
        seen.push(received);
        return new Response("{}", { status: 418, headers: { "x-answer": "yes" } });
      };
      const origin = await serve({ handler });
      const sent = { cookie: "a=1; b=2", "x-user": "ada" };
      const answer = await fetch(`${origin}/api/billing/a%20b/plans?a=1?b=2`, { headers: sent });
      expect([answer.status, answer.headers.get("x-answer"), await answer.text()]).toEqual([
        418,
        "yes",
        "{}",
      ]);
      const { pathname, search } = new URL(seen[0]?.url ?? "");
      expect(pathname + search).toBe("/api/billing/a%20b/plans?a=1?b=2");
      expect([seen[0]?.headers.get("cookie"), seen[0]?.headers.get("x-user")]).toEqual(["a=1; b=2", "ada"]);
    });

    test("several cookies stay apart", async () => {
      const headers = new Headers();
      headers.append("set-cookie", "a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
      headers.append("set-cookie", "b=2; HttpOnly");
      const origin = await serve({ handler: async () => new Response("{}", { headers }) });
      const answer = await fetch(`${origin}/api/billing/access`);
      expect(answer.headers.getSetCookie()).toEqual(headers.getSetCookie());
    });

    test("HEAD is answered like GET, without a body", async () => {
      const answer = await fetch(`${await serve()}/api/billing/plans`, { method: "HEAD" });
      expect([answer.status, await answer.text()]).toEqual([200, ""]);
      expect(answer.headers.get("content-type")).toContain("application/json");
    });

    test.each(["OPTIONS", "DELETE", "PATCH"])("%s is refused by name", async (method) => {
      const answer = await fetch(`${await serve()}/api/billing/plans`, { method });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, expect.stringContaining("GET")]);
      expect((await answer.json()).error.code).toBe("method_not_allowed");
    });

    // The Fetch API refuses to carry TRACE: building a request of it throws.
    test.each(["TRACE", "PROPFIND"])("%s is refused, and the server stays up", async (method) => {
      const origin = await serve();
      const { status } = await ask(origin, { method, path: "/api/billing/plans" });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect((await ask(origin, { path: "/up" })).text).toBe("up");
    });

    test.each([
      "//evil.example/api/billing/plans",
      "/api/billing//evil.example/plans",
      "/api/billing//plans",
      "/api/billing/\\evil.example/plans",
      "/api/billing/..//evil.example/plans",
      "/api/billing/@evil.example/plans",
    ])("%s is refused and reaches no route", async (path) => {
      const { status, headers } = await ask(await serve(), { path });
      // 400 where a server refuses such a path before anybody sees it.
      expect([400, 404]).toContain(status);
      expect(headers.location).toBeUndefined();
    });

    test.each([
      ["too large is refused while it comes", true, [413, "body_too_large"]],
      ["unsigned is refused before it is read", false, [400, "missing_signature"]],
    ] as const)("a body that is %s, and the next request is served", async (_name, signed, refusal) => {
      const origin = await serve();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const body = "x".repeat(3 * 1024 * 1024);
      const path = "/api/billing/webhook/stripe";
      const headers = signed ? { "stripe-signature": strangersSignature() } : {};
      const refused = await ask(origin, { method: "POST", path, body, headers, agent });
      expect([refused.status, JSON.parse(refused.text).error.code]).toEqual(refusal);
      const next = await ask(origin, { path: "/up", ...(keepsConnection && { agent }) });
      expect([next.text, next.reused]).toEqual(["up", keepsConnection]);
      agent.destroy();
    });

    test("a connection stays in use after a refusal", async () => {
      const origin = await serve();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const headers = { "content-type": "application/json", "x-user": bench.user() };
      const path = "/api/billing/checkout";
      const refused = await ask(origin, { method: "POST", path, body: "{", headers, agent });
      expect([refused.status, JSON.parse(refused.text).error.code]).toEqual([400, "invalid_json"]);
      const next = await ask(origin, { path: "/api/billing/plans", agent });
      expect([next.status, next.reused]).toEqual([200, true]);
      agent.destroy();
    });

    test("a client that hangs up aborts the request and leaves the server unharmed", async () => {
      const requests: Request[] = [];
      const handler = async (received: Request) => {
        requests.push(received);
        await new Promise<void>((gone) => received.signal.addEventListener("abort", () => gone()));
        return new Response("{}");
      };
      const origin = await serve({ handler });
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      socket.write("GET /api/billing/plans HTTP/1.1\r\nhost: a\r\n\r\n");
      await vi.waitFor(() => expect(requests).toHaveLength(1));
      socket.destroy();
      await vi.waitFor(() => expect(requests[0]?.signal.aborted).toBe(true));
      expect((await ask(origin, { path: "/up" })).text).toBe("up");
    });

    test("a body that never ends is refused when its time is up, and nobody else waits", async () => {
      const origin = await serve();
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      const signature = `stripe-signature: ${strangersSignature()}`;
      const head = `POST /api/billing/webhook/stripe HTTP/1.1\r\nhost: a\r\n${signature}\r\ncontent-length: 100`;
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      try {
        const answered = new Promise<string>((resolve) =>
          socket.once("data", (data) => resolve(String(data))),
        );
        socket.write(`${head}\r\n\r\nhalf`);
        while (vi.getTimerCount() === 0) await new Promise(setImmediate);
        await vi.advanceTimersByTimeAsync(15_000);
        expect(await answered).toMatch(/^HTTP\/1.1 408 /);
      } finally {
        vi.useRealTimers();
        socket.destroy();
      }
      expect((await ask(origin, { path: "/up" })).text).toBe("up");
    });

    test("a body that ends in the middle is refused, not waited for", async () => {
      const origin = await serve();
      const { logged } = bench.world();
      const before = logged.length;
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      const signature = `stripe-signature: ${strangersSignature()}`;
      const head = `POST /api/billing/webhook/stripe HTTP/1.1\r\nhost: a\r\n${signature}\r\ncontent-length: 100`;
      await new Promise<void>((sent) => socket.write(`${head}\r\n\r\nhalf`, () => sent()));
      socket.destroy();
      await vi.waitFor(() =>
        expect(logged.slice(before)).toMatchObject([{ level: "info", fields: { code: "invalid_body" } }]),
      );
      expect((await ask(origin, { path: "/up" })).text).toBe("up");
    });
  });
}

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Whether it went over a connection that had served before. */
  readonly reused: boolean;
}

/** A request whose path and method are sent as they are, which `fetch` would tidy up or refuse. */
export function ask(
  origin: string,
  call: {
    readonly path: string;
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly agent?: Agent;
  },
): Promise<RawAnswer> {
  const { path, method = "GET", body, headers = {}, agent } = call;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode: status = 0, headers: received } = answer;
        resolve({ status, headers: received, text, reused: sent.reusedSocket });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
