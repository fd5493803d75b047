import type {
  BodyOf,
  CreditsResponse,
  ResponseOf,
  TopUpRequest,
  TopUpsResponse,
} from "@tollgate/core/contract";
import type { BillingClientOptions } from "../client/billing-client.js";
import { explainSilence, readAnswer, toBillingError } from "../client/read-answer.js";

/** The calls of the billing endpoint that are about credits. Each rejects with a `BillingError`. */
export interface CreditsClient {
  /** What is left of each of the catalog's credits. @throws BillingError `unauthenticated` */
  credits(signal?: AbortSignal): Promise<CreditsResponse>;
  /** What is bought by itself when they run low, and how it stands. @throws BillingError `forbidden` */
  topUps(signal?: AbortSignal): Promise<TopUpsResponse>;
  /** Chooses that, or switches it off with `topUp: null`. @throws BillingError `unknown_product`, `not_a_customer` */
  setTopUp(request: TopUpRequest, signal?: AbortSignal): Promise<TopUpsResponse>;
}

type CreditsRoute = "GET /credits" | "GET /credits/top-ups" | "POST /credits/top-up";

/**
 * Asks the handlers of `@tollgate/server` about credits, as `createBillingClient` does about the rest. It sends by itself:
 * whoever shows no credits loads nothing for them.
 *
 * @example
 * const client = createCreditsClient({ endpoint: "/api/billing" });
 * await client.setTopUp({
 *   credit: "tokens",
 *   topUp: { threshold: 1_000, productId: "tokens_10k", monthlyCap: 10_000 },
 * });
 */
export function createCreditsClient({ endpoint, fetch }: BillingClientOptions): CreditsClient {
  async function ask<K extends CreditsRoute>(
    path: string,
    key: keyof ResponseOf<K> & string,
    signal?: AbortSignal,
    request?: BodyOf<K> & object,
  ): Promise<ResponseOf<K>> {
    const url = endpoint.replace(/\/+$/, "") + path;
    const sent = request && { method: "POST", body: JSON.stringify(request) };
    const question = { method: sent?.method ?? "GET", url, endpoint };
    const headers = { accept: "application/json", ...(sent && { "content-type": "application/json" }) };
    const init = { credentials: "same-origin", cache: "no-store", headers, signal: signal ?? null } as const;
    let answer: readonly [Response, string];
    try {
      const response = await (fetch ?? globalThis.fetch)(url, { ...init, ...sent });
      answer = [response, await response.text()];
    } catch (cause) {
      signal?.throwIfAborted();
      explainSilence(question, cause);
      throw toBillingError(cause);
    }
    signal?.throwIfAborted();
    return readAnswer<ResponseOf<K>>(...answer, [key], question);
  }
  return {
    credits: (signal) => ask<"GET /credits">("/credits", "credits", signal),
    topUps: (signal) => ask<"GET /credits/top-ups">("/credits/top-ups", "topUps", signal),
    setTopUp: (request, signal) => ask<"POST /credits/top-up">("/credits/top-up", "topUps", signal, request),
  };
}
