import type {
  AccessResponse,
  BodyOf,
  BrowserRoute,
  CheckoutRequest,
  CheckoutResponse,
  CheckoutStatusResponse,
  PlansResponse,
  PortalRequest,
  PortalResponse,
  QueryOf,
  ResponseOf,
} from "@tollgate/core/contract";
import { explainSilence, readAnswer, toBillingError } from "./read-answer.js";

/** The calls of the billing endpoint that a browser makes. Each rejects with a `BillingError`. */
export interface BillingClient {
  /** What is for sale. @throws BillingError */
  plans(currency: string | null, signal?: AbortSignal): Promise<PlansResponse>;
  /** What the signed-in customer may use. @throws BillingError `unauthenticated` when nobody is. */
  access(signal?: AbortSignal): Promise<AccessResponse>;
  /** Opens a checkout; send the person to its `url`. @throws BillingError */
  checkout(
    request: CheckoutRequest & { readonly kind?: "hosted" },
    signal?: AbortSignal,
  ): Promise<CheckoutPage>;
  /** Opens a checkout of any kind; one with a `clientSecret` is paid on your page. @throws BillingError */
  checkout(request: CheckoutRequest, signal?: AbortSignal): Promise<CheckoutResponse>;
  /** How a checkout ended, as the provider says now. @throws BillingError `checkout_not_found` */
  checkoutStatus(id: string, signal?: AbortSignal): Promise<CheckoutStatusResponse>;
  /** Opens the provider's portal; send the person to its `url`. @throws BillingError `not_a_customer` */
  portal(request: PortalRequest, signal?: AbortSignal): Promise<PortalResponse>;
}

/** A checkout with a page to go to. */
type CheckoutPage = Extract<CheckoutResponse, { readonly url: string }>;

export interface BillingClientOptions {
  /** Where the handlers are mounted: a path, or an absolute URL. */
  readonly endpoint: string;
  /** @default the page's own `fetch` */
  readonly fetch?: typeof globalThis.fetch;
}

/** A route's path, as its key in the contract says, with anything in the place of each `:name` and of the query. */
type AddressOf<K extends BrowserRoute> = QueryOf<K> extends undefined ? PathOf<K> : `${PathOf<K>}${string}`;
type PathOf<K extends BrowserRoute> = K extends `${string} ${infer Path}` ? Filled<Path> : never;
type Filled<Path extends string> = Path extends `${infer Start}/:${infer Rest}`
  ? Rest extends `${string}/${infer End}`
    ? `${Start}/${string}/${Filled<End>}`
    : `${Start}/${string}`
  : Path;

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
  // Looked up on each call: a page may replace its `fetch` after this module has loaded.
  const send: typeof globalThis.fetch = fetch ?? ((input, init) => globalThis.fetch(input, init));

  /** Posts the request, if there is one. Typed by the route's row in the contract, none of which is loaded. */
  async function call<K extends BrowserRoute>(
    path: AddressOf<K>,
    keys: readonly (keyof ResponseOf<K> & string)[],
    signal?: AbortSignal,
    request?: BodyOf<K> & object,
  ): Promise<ResponseOf<K>> {
    const url = base + path;
    const method = request ? "POST" : "GET";
    const question = { method, url, endpoint };
    let response: Response;
    let text: string;
    try {
      response = await send(url, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        headers: { accept: "application/json", ...(request && { "content-type": "application/json" }) },
        body: request ? JSON.stringify(request) : null,
        signal: signal ?? null,
      });
      text = await response.text();
    } catch (cause) {
      signal?.throwIfAborted();
      explainSilence(question, cause);
      throw toBillingError(cause);
    }
    signal?.throwIfAborted();
    return readAnswer<ResponseOf<K>>(response, text, keys, question);
  }

  return {
    plans: (currency, signal) =>
      call<"GET /plans">(
        `/plans${currency ? `?currency=${encodeURIComponent(currency)}` : ""}`,
        ["plans", "features"],
        signal,
      ),
    access: (signal) => call<"GET /access">("/access", ["customerId", "features"], signal),
    checkout: ((request: CheckoutRequest, signal?: AbortSignal) =>
      call<"POST /checkout">("/checkout", ["id", "url"], signal, request)) as BillingClient["checkout"],
    checkoutStatus: (id, signal) =>
      call<"GET /checkout/:id">(
        `/checkout/${encodeURIComponent(id)}`,
        ["status", "payment", "access"],
        signal,
      ),
    portal: (request, signal) => call<"POST /portal">("/portal", ["url"], signal, request),
  };
}
