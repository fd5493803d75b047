import { BillingError, type ErrorCode, type ErrorDetails, isErrorCode } from "@tollgate/core";
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
export async function readAnswer<T>(
  response: Response,
  keys: readonly (keyof T & string)[],
  question: Question,
): Promise<T> {
  const body = await readJson(response);
  if (response.ok && hasKeys<T>(body, keys)) return body;
  const refusal = response.ok ? null : refusalOf(body);
  if (process.env.NODE_ENV !== "production") explain(question, response, body, refusal);
  if (refusal !== null) throw refusal;
  if (!response.ok) {
    // Not our envelope: a proxy, a load balancer, or a server that is newer than this page.
    const code = codeOfStatus[response.status] ?? "internal";
    throw new BillingError(code, `Billing answered with status ${response.status}.`);
  }
  const message = `${question.url} did not answer as Tollgate's handlers do. Are they mounted at this endpoint?`;
  throw new BillingError("internal", message);
}

/** In development, says once in the console that nobody answered. */
export function explainSilence(question: Question, cause: unknown): void {
  if (process.env.NODE_ENV !== "production") say(question, { kind: "none", cause });
}

/** Says in the console who answered, unless it was the handler that was meant. */
function explain(question: Question, response: Response, body: unknown, refusal: BillingError | null): void {
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

/** The refusal in our envelope, or `null` when it is not ours. */
function refusalOf(body: unknown): BillingError | null {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const { code, message, details } = error;
  if (!isErrorCode(code) || typeof message !== "string") return null;
  return new BillingError(code, message, isRecord(details) ? { details: details as ErrorDetails } : {});
}

function isEnvelope(body: unknown): boolean {
  return isRecord(body) && isRecord(body.error) && typeof body.error.code === "string";
}

function hasKeys<T>(body: unknown, keys: readonly (keyof T & string)[]): body is T {
  return isRecord(body) && keys.every((key) => Object.hasOwn(body, key));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
