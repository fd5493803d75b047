import { BillingError, type ErrorCode, type ErrorDetails, isErrorCode } from "@tollgate/core";

/**
 * Reads a response of the billing endpoint. The server has checked its own answer against the contract;
 * here it is only told apart from what a proxy or a single-page fallback would answer, without a schema
 * library in the browser.
 *
 * @throws BillingError the server's own, or one that says what was wrong with the answer.
 */
export async function readAnswer<T>(
  response: Response,
  keys: readonly (keyof T & string)[],
  url: string,
): Promise<T> {
  const body = await readJson(response);
  if (!response.ok) throw errorOf(response.status, body);
  if (!hasKeys<T>(body, keys)) {
    const message = `${url} did not answer as Tollgate's handlers do. Are they mounted at this endpoint?`;
    throw new BillingError("internal", message);
  }
  return body;
}

/** `undefined` for anything that is not JSON, such as the HTML of a proxy's error page. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
};

function errorOf(status: number, body: unknown): BillingError {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const { code, message, details } = error;
  if (isErrorCode(code) && typeof message === "string") {
    return new BillingError(code, message, isRecord(details) ? { details: details as ErrorDetails } : {});
  }
  // Not our envelope: a proxy, a load balancer, or a server that is newer than this page.
  return new BillingError(codeOfStatus[status] ?? "internal", `Billing answered with status ${status}.`);
}

function hasKeys<T>(body: unknown, keys: readonly (keyof T & string)[]): body is T {
  return isRecord(body) && keys.every((key) => Object.hasOwn(body, key));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
