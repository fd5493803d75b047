import qs from "qs";
import { largestBody, tooLarge } from "../../doors/limit-bodies.js";
import { invalidRequest, StripeError } from "../../engine/world/stripe-error.js";

import { readUpload, takesUpload } from "./read-upload.js";

/** What a request asks, before anything is known about its endpoint. */
export type Asked = {
  given: Record<string, unknown>;
  /** Equal for two requests that ask the same, whatever the order of their parameters. */
  fingerprint: string;
};

const refuseSize = () => new StripeError(413, { type: "invalid_request_error", message: tooLarge });

const readBody = async (request: Request): Promise<string> => {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > largestBody) throw refuseSize();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest("Invalid request: the body is not valid UTF-8.");
  }
};

const unescaped = (form: string): string => {
  try {
    return decodeURIComponent(form.replaceAll("+", " "));
  } catch {
    throw invalidRequest("Invalid request: the parameters are not valid percent-encoded UTF-8.");
  }
};

const parseForm = (form: string): Record<string, unknown> => {
  const plain = unescaped(form);
  // qs drops this name silently.
  if (/(^|[&?[])__proto__([\]=&[]|$)/.test(plain))
    throw invalidRequest("Received unknown parameter: __proto__", "parameter_unknown", "__proto__");
  try {
    return qs.parse(form, {
      depth: 12,
      strictDepth: true,
      arrayLimit: 1000,
      parameterLimit: 5000,
      throwOnLimitExceeded: true,
      ignoreQueryPrefix: true,
      plainObjects: true,
      duplicates: "last",
    });
  } catch {
    throw invalidRequest("Invalid request: too many parameters, or parameters nested too deeply.");
  }
};

const deepest = 12;

/** JSON as a form would carry it: every scalar a text, null an empty one. */
const toForm = (value: unknown, depth = 0): unknown => {
  if (depth > deepest) throw invalidRequest("Invalid request: parameters nested too deeply.");
  if (value === null) return "";
  if (Array.isArray(value)) return value.map((item) => toForm(item, depth + 1));
  if (typeof value !== "object") return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toForm(item, depth + 1)]));
};

const parseJson = (body: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw invalidRequest("Invalid request: the body is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidRequest("Invalid request: the body must be a JSON object.");
  return toForm(value) as Record<string, unknown>;
};

const parseBody = (body: string, type: string, path: string): Record<string, unknown> => {
  if (body === "") return {};
  const json = path.startsWith("/v2/");
  const wanted = json ? "application/json" : "application/x-www-form-urlencoded";
  if (type.split(";")[0]?.trim().toLowerCase() !== wanted)
    throw invalidRequest(
      `Invalid request (check that your POST content type is ${wanted}). ` +
        "If you have questions, we can help at https://support.stripe.com/.",
    );
  return json ? parseJson(body) : parseForm(body);
};

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** A request's parameters, from its query and its body: a form, or JSON under `/v2`. */
export const readRequest = async (request: Request): Promise<Asked> => {
  const url = new URL(request.url);
  const upload = takesUpload(request) ? await readUpload(request) : undefined;
  const body = request.method === "GET" || upload !== undefined ? "" : await readBody(request);
  const type = request.headers.get("content-type") ?? "";
  const given = {
    ...parseForm(url.search),
    ...(upload === undefined ? parseBody(body, type, url.pathname) : parseForm(upload.fields)),
    ...upload?.files,
  };
  return { given, fingerprint: `${request.method} ${url.pathname}\n${JSON.stringify(given, sorted)}` };
};
