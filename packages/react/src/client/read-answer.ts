import { type BillingError, CodedError, type ErrorBody, type ErrorCode } from "@tollgate/core";
import { describeStranger, type StrangeAnswer } from "./describe-stranger.js";

/** What was asked, to say so when somebody else answers. */
export interface Question {
  readonly method: string;
  readonly url: string;
  readonly endpoint: string;
}

/**
 * Reads a response of the billing endpoint. The server has checked its own answer against the contract;
 * here it is only told apart from what a proxy or a single-page fallback would answer, without a schema
 * library in the browser.
 *
 * @throws BillingError the server's own, or one that says what was wrong with the answer.
 */
export function readAnswer<T>(
  response: Response,
  text: string,
  keys: readonly (keyof T & string)[],
  question: Question,
): T {
  const body = parse(text);
  if (response.ok && keys.every((key) => body?.[key] !== undefined)) return body as T;
  const refusal = response.ok ? null : refusalOf(response, body);
  if (process.env.NODE_ENV !== "production") explain(question, response, body, refusal);
  throw refusal ?? strangerOf(response, question);
}

/** Somebody else's answer: a proxy's, a load balancer's, or a page. */
function strangerOf({ ok, status }: Response, { url }: Question): BillingError {
  const known = codeOfStatus[status];
  const message =
    process.env.NODE_ENV !== "production" && ok
      ? `${url} did not answer as Tollgate's handlers do. Are they mounted at this endpoint?`
      : `Billing answered with status ${status}.`;
  return known === undefined
    ? new CodedError("internal", 500, message)
    : new CodedError(known, status as 401, message);
}

/** What failed on the way, as an error of ours. */
export function toBillingError(
  cause: unknown,
  message = "Billing can't be reached right now.",
): BillingError {
  return cause instanceof CodedError ? cause : new CodedError("internal", 500, message, { cause });
}

/** In development, says once in the console that nobody answered. */
export function explainSilence(question: Question, cause: unknown): void {
  if (process.env.NODE_ENV !== "production") say(question, { kind: "none", cause });
}

/** Says in the console who answered, unless it was the handler that was meant. */
function explain(question: Question, response: Response, body: Body, refusal: BillingError | null): void {
  const basePath = refusal?.details?.basePath;
  if (typeof basePath === "string") say(question, { kind: "misplaced", basePath });
  // A refusal of a newer server is in our envelope too.
  if (refusal !== null || isEnvelope(body)) return;
  const { status, headers, redirected, url } = response;
  const contentType = headers.get("content-type")?.split(";")[0] ?? "";
  say(question, { kind: "stranger", status, contentType, redirectedTo: redirected ? url : null });
}

/** Each text once: a page asks again and again. */
const said = /* @__PURE__ */ new Set<string>();

function say({ method, url, endpoint }: Question, answer: StrangeAnswer["answer"]): void {
  const text = describeStranger({ asked: `${method} ${url}`, endpoint, answer });
  if (said.has(text)) return;
  said.add(text);
  console.error(text);
}

/** Any JSON may arrive, and ours is recognised by a key that others don't have. */
type Body = Readonly<Record<string, unknown>> | null | undefined;

/** `undefined` for anything that is not JSON, such as the HTML of a proxy's error page. */
function parse(text: string): Body {
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

/**
 * The refusal in our envelope, or `null` when it is not ours. Code and status are the server's, which may be newer than
 * this page: a table of all codes, to tell which are known here, is not worth its weight.
 */
function refusalOf({ status }: Response, body: Body): BillingError | null {
  const { code, message, details } = (body?.error ?? {}) as Partial<ErrorBody["error"]>;
  if (typeof code !== "string" || typeof message !== "string") return null;
  return new CodedError(code, status as 400, message, { details });
}

function isEnvelope(body: Body): boolean {
  return typeof (body?.error as Partial<ErrorBody["error"]> | undefined)?.code === "string";
}
