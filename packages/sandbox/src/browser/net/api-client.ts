import { formEncode } from "./form-encode.js";

/** The error object that Stripe.js hands to a page; what the API answered, or why it could not be asked. */
export interface ApiError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly [field: string]: unknown;
}

/** A Stripe object as it came over the wire. */
export interface ApiObject {
  readonly id: string;
  readonly object: string;
  readonly [field: string]: unknown;
}

export type ApiResult = { readonly value: ApiObject } | { readonly error: ApiError };

export interface ApiClient {
  get(path: string, params: Readonly<Record<string, unknown>>): Promise<ApiResult>;
  post(path: string, params: Readonly<Record<string, unknown>>): Promise<ApiResult>;
}

export interface ApiClientOptions {
  readonly apiBase: string;
  readonly publishableKey: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly stripeAccount?: string | undefined;
}

/** Talks to the sandbox as Stripe.js talks to Stripe: with the publishable key and nothing secret. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const headers: Record<string, string> = { authorization: `Bearer ${options.publishableKey}` };
  if (options.stripeAccount !== undefined) headers["stripe-account"] = options.stripeAccount;

  async function send(request: Request): Promise<ApiResult> {
    let response: Response;
    try {
      response = await options.fetch(request);
    } catch (cause) {
      console.error("The sandbox could not be reached.", cause);
      return { error: connectionError };
    }
    return readResult(response);
  }

  return {
    get: (path, params) => {
      const url = new URL(path, options.apiBase);
      url.search = formEncode(params).toString();
      return send(new Request(url, { headers }));
    },
    post: (path, params) =>
      send(
        new Request(new URL(path, options.apiBase), { method: "POST", headers, body: formEncode(params) }),
      ),
  };
}

const connectionError: ApiError = {
  type: "api_connection_error",
  message: "We could not reach the payment service. Check your connection and try again.",
};

async function readResult(response: Response): Promise<ApiResult> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    return { error: { type: "api_error", message: `The sandbox answered ${response.status} without JSON.` } };
  }
  if (isRecord(body) && isRecord(body.error)) return { error: toApiError(body.error) };
  if (response.ok && isApiObject(body)) return { value: body };
  return {
    error: { type: "api_error", message: `The sandbox answered ${response.status} with an unknown body.` },
  };
}

function toApiError(error: Record<string, unknown>): ApiError {
  return {
    ...error,
    type: typeof error.type === "string" ? error.type : "api_error",
    message: typeof error.message === "string" ? error.message : "Something went wrong.",
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isApiObject(value: unknown): value is ApiObject {
  return isRecord(value) && typeof value.id === "string" && typeof value.object === "string";
}
