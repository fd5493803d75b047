import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { forward } from "./flaky-proxy.js";

/** How one request to the provider goes wrong. */
interface Failure {
  /** The path of the POST that fails: `/v1/customers`. */
  readonly path: string;
  /** `stored`: answered with a 500 that is kept for its key. `cut`: the answer never arrives. */
  readonly how: "stored" | "cut";
  /** Whether the provider did what it was asked for all the same. */
  readonly executed: boolean;
}

/** Stands between the SDK and the provider, and fails as the provider itself would. */
export interface StoringProxy {
  readonly url: string;
  /** The next such request goes wrong; every other one passes. */
  failNext(failure: Failure): void;
  /** From here on, this share of new keys, of 1, gets a stored failure before anything is done. */
  failSome(share: number): void;
  /** How many keys have a stored failure. */
  stored(): number;
  close(): Promise<void>;
}

const failed = JSON.stringify({ error: { type: "api_error", message: "An unknown error occurred" } });

/**
 * Keeps a failure for its idempotency key and repeats it, as Stripe does for a day
 * (https://docs.stripe.com/error-low-level#idempotency). A cut one is not stored.
 */
export async function startStoringProxy(target: string): Promise<StoringProxy> {
  let next: Failure | null = null;
  let share = 0;
  const seen = new Set<string>();
  const stored = new Set<string>();
  const server = createServer(async (request, response) => {
    const key = String(request.headers["idempotency-key"] ?? "");
    const fail = (replayed: boolean) =>
      response
        .writeHead(500, {
          "content-type": "application/json",
          ...(replayed ? { "idempotent-replayed": "true" } : {}),
        })
        .end(failed);
    if (stored.has(key)) return fail(true);
    const named = request.method === "POST" && request.url === next?.path ? next : null;
    if (named !== null) next = null;
    const unlucky = key !== "" && !seen.has(key) && Math.random() < share;
    seen.add(key);
    const failure = named ?? (unlucky ? { how: "stored", executed: false } : null);
    if (failure === null || failure.executed) {
      const answer = await forward(target, request);
      if (failure === null) {
        return response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
      }
    }
    if (failure.how === "cut") return response.destroy();
    stored.add(key);
    return fail(false);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failNext(failure) {
      next = failure;
    },
    failSome(wanted) {
      share = wanted;
    },
    stored: () => stored.size,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
