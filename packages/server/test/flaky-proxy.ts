import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Crash } from "./fail-at.js";

/** Stands between the SDK and the provider, and cuts the line at one request. */
export interface FlakyProxy {
  readonly url: string;
  /** From here on, requests are counted from 1; `null`: none fails. */
  fail(crash: Crash | null): void;
  /** How many requests have come since. */
  requests(): number;
  close(): Promise<void>;
}

export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  let crash: Crash | null = null;
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    const mine = requests;
    const dead = crash !== null && mine > crash.at;
    const dying = crash !== null && mine === crash.at;
    // The SDK does not retry what was refused for being too much.
    if (dead || (dying && crash?.when === "before")) return refuse(response);
    const answer = await forward(target, request);
    if (dying) return refuse(response);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail(next) {
      crash = next;
      requests = 0;
    },
    requests: () => requests,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(429, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { type: "rate_limit_error", message: "The line was cut." } }));
}

/** Passes a request on, and returns what was answered. */
export async function forward(target: string, request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== "host" && name !== "connection" && typeof value === "string") headers.set(name, value);
  }
  const body = chunks.length === 0 ? null : new Uint8Array(Buffer.concat(chunks));
  const answer = await fetch(new URL(request.url ?? "/", target), {
    method: request.method ?? "GET",
    headers,
    body,
  });
  const kept = new Headers(answer.headers);
  for (const name of [
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "content-encoding",
  ]) {
    kept.delete(name);
  }
  return { status: answer.status, headers: kept, body: Buffer.from(await answer.arrayBuffer()) };
}
