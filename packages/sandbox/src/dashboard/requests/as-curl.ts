import type { LoggedRequest } from "../../requests/logged-request.js";

/** A word of a shell's command. */
const quoted = (text: string): string =>
  /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const pairsOf = (value: unknown, name: string): [string, string][] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => pairsOf(item, `${name}[${index}]`));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, item]) =>
      pairsOf(item, name === "" ? key : `${name}[${key}]`),
    );
  return [[name, String(value)]];
};

const dataOf = ({ method, path, params }: LoggedRequest): string[] => {
  if (Object.keys(params).length === 0) return [];
  if (path.startsWith("/v2/") && method !== "GET")
    return [`-H ${quoted("Content-Type: application/json")}`, `-d ${quoted(JSON.stringify(params))}`];
  // `--data-urlencode` takes what `-d` would have to be given encoded.
  const pairs = pairsOf(params, "").map(([name, value]) =>
    /^[\w.:/-]*$/.test(value)
      ? `-d ${quoted(`${name}=${value}`)}`
      : `--data-urlencode ${quoted(`${name}=${value}`)}`,
  );
  return method === "GET" ? ["-G", ...pairs] : pairs;
};

/**
 * A request as a curl command, with the key left to the environment.
 *
 * @param own The account that needs no naming.
 */
export const asCurl = (request: LoggedRequest, base: string, own: string): string => {
  const { method, path, version, account, key } = request;
  const variable = key === "publishable" ? "STRIPE_PUBLISHABLE_KEY" : "STRIPE_SECRET_KEY";
  const parts = [
    `curl ${method === "DELETE" ? "-X DELETE " : ""}${quoted(base + path)}`,
    `-u "$${variable}:"`,
    ...(version === null ? [] : [`-H ${quoted(`Stripe-Version: ${version}`)}`]),
    ...(account === own ? [] : [`-H ${quoted(`Stripe-Account: ${account}`)}`]),
    ...dataOf(request),
  ];
  const post = method === "POST" && !parts.some((part) => /^(-d|--data)/.test(part)) ? ["-X POST"] : [];
  return [...parts, ...post].join(" \\\n  ");
};
