import { BillingError } from "@tollgate/core";
import type {
  AccessResponse,
  CheckoutRequest,
  CheckoutResponse,
  CheckoutStatusResponse,
  PlansResponse,
  PortalRequest,
  PortalResponse,
} from "@tollgate/core/contract";
import { explainSilence, readAnswer } from "./read-answer.js";

/** The calls of the billing endpoint that a browser makes. Each rejects with a `BillingError`. */
export interface BillingClient {
  /** What is for sale. @throws BillingError */
  plans(currency: string | null, signal?: AbortSignal): Promise<PlansResponse>;
  /** What the signed-in customer may use. @throws BillingError `unauthenticated` when nobody is. */
  access(signal?: AbortSignal): Promise<AccessResponse>;
  /** Opens a checkout; send the person to its `url`. @throws BillingError */
  checkout(request: CheckoutRequest, signal?: AbortSignal): Promise<CheckoutResponse>;
  /** How a checkout ended, as the provider says now. @throws BillingError `checkout_not_found` */
  checkoutStatus(id: string, signal?: AbortSignal): Promise<CheckoutStatusResponse>;
  /** Opens the provider's portal; send the person to its `url`. @throws BillingError `not_a_customer` */
  portal(request: PortalRequest, signal?: AbortSignal): Promise<PortalResponse>;
}

export interface BillingClientOptions {
  /** Where the handlers are mounted: a path, or an absolute URL. */
  readonly endpoint: string;
  /** @default the page's own `fetch` */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Talks to the handlers of `@tollgate/server`: JSON over same-origin requests, so the app's own session
 * cookie says who is asking.
 *
 * @example
 * const client = createBillingClient({ endpoint: "/api/billing" });
 * const { planId } = await client.access();
 */
export function createBillingClient({ endpoint, fetch }: BillingClientOptions): BillingClient {
  const base = endpoint.replace(/\/+$/, "");
  // Looked up at each call: a page may replace its `fetch` after this module has loaded.
  const send: typeof globalThis.fetch = fetch ?? ((input, init) => globalThis.fetch(input, init));

  async function call<T>(path: string, keys: readonly (keyof T & string)[], init: RequestInit): Promise<T> {
    const { signal } = init;
    const headers = { accept: "application/json", ...init.headers };
    const url = `${base}${path}`;
    const question = { method: init.method ?? "GET", url, endpoint };
    let response: Response;
    try {
      response = await send(url, { credentials: "same-origin", cache: "no-store", ...init, headers });
    } catch (cause) {
      signal?.throwIfAborted();
      explainSilence(question, cause);
      throw new BillingError("internal", "Billing can't be reached right now.", { cause });
    }
    const answer = await readAnswer<T>(response, keys, question);
    signal?.throwIfAborted();
    return answer;
  }

  const get = <T>(path: string, keys: readonly (keyof T & string)[], signal?: AbortSignal) =>
    call<T>(path, keys, { method: "GET", ...(signal && { signal }) });
  const post = <T>(path: string, keys: readonly (keyof T & string)[], body: object, signal?: AbortSignal) =>
    call<T>(path, keys, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
      ...(signal && { signal }),
    });

  return {
    plans: (currency, signal) =>
      get(
        `/plans${currency ? `?currency=${encodeURIComponent(currency)}` : ""}`,
        ["plans", "features"],
        signal,
      ),
    access: (signal) => get("/access", ["customerId", "features"], signal),
    checkout: (request, signal) => post("/checkout", ["id", "url"], request, signal),
    checkoutStatus: (id, signal) =>
      get(`/checkout/${encodeURIComponent(id)}`, ["status", "payment", "access"], signal),
    portal: (request, signal) => post("/portal", ["url"], request, signal),
  };
}
