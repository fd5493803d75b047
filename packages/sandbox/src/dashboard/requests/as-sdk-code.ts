import { sdkCalls } from "../../api/generated/sdk-calls.js";
import { routes } from "../../api/http/routes.js";
import { type Field, type Fields, list, text } from "../../api/params/fields.js";
import type { LoggedRequest } from "../../requests/logged-request.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const common: Fields = { expand: list(text()) };

/** What the values of forms mean, which are all texts: a number and a flag are written without quotes. */
const asNumber = (value: string): unknown => (/^-?\d{1,15}(\.\d+)?$/.test(value) ? Number(value) : value);
const asFlag = (value: string): unknown => (value === "true" ? true : value === "false" ? false : value);

/** The form of a field that a value has. */
const formOf = (field: Field, value: unknown): Field => {
  const forms = [field, ...(field.or ?? [])];
  const kinds = Array.isArray(value) ? ["list"] : isHash(value) ? ["hash", "map", "list", "metadata"] : [];
  const scalar = forms.find(({ kind }) => !["hash", "list", "map"].includes(kind));
  return forms.find(({ kind }) => kinds.includes(kind)) ?? scalar ?? field;
};

/** A value as the SDK takes it. */
const typed = (field: Field | undefined, value: unknown): unknown => {
  if (!field) return value;
  const form = formOf(field, value);
  if (Array.isArray(value)) return value.map((item) => typed(form.of, item));
  if (isHash(value)) {
    const inner = (key: string): Field | undefined => form.fields?.[key] ?? form.of;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typed(inner(key), item)]));
  }
  if (typeof value !== "string") return value;
  if (form.kind === "integer" || form.kind === "number") return asNumber(value);
  return form.kind === "flag" ? asFlag(value) : value;
};

/** How long a line may be, in characters. */
const widest = 90;

/** A value as it is written in JavaScript, after that many characters of its line. */
const literal = (value: unknown, indent = "", used = indent.length): string => {
  const inner = `${indent}  `;
  const wrap = (open: string, parts: string[], close: string, gap: string): string => {
    if (parts.length === 0) return open + close;
    const line = `${open}${gap}${parts.join(", ")}${gap}${close}`;
    if (!line.includes("\n") && used + line.length <= widest) return line;
    return `${open}\n${parts.map((part) => `${inner}${part},`).join("\n")}\n${indent}${close}`;
  };
  if (Array.isArray(value))
    return wrap(
      "[",
      value.map((item) => literal(item, inner)),
      "]",
      "",
    );
  if (!isHash(value)) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, item]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    return `${name}: ${literal(item, inner)}`;
  });
  return wrap("{", parts, "}", " ");
};

/** The parts of an address that its route leaves open. */
const idsIn = (route: string, path: string): string[] => {
  const given = path.split("/");
  return route
    .split("/")
    .flatMap((part, index) => (part.startsWith(":") ? [decodeURIComponent(given[index] ?? "")] : []));
};

/**
 * A request as a call of the `stripe` package; null if that has no method for it.
 *
 * @param own The account that needs no naming.
 */
export const asSdkCode = (request: LoggedRequest, own: string): string | null => {
  const { method, path, account, params, key } = request;
  const call = request.route === null ? undefined : sdkCalls[`${method} ${request.route}`];
  const route = routes.find((one) => one.method === method && one.path === request.route);
  if (call === undefined || !route || key === "publishable") return null;
  const fields = { ...route.fields, ...common };
  const given = Object.entries(params).map(([name, value]) => [name, typed(fields[name], value)] as const);
  const elsewhere = account !== own;
  const ids = idsIn(route.path, path).map((id) => `${JSON.stringify(id)}, `);
  const begin = `await stripe.${call}(${ids.join("")}`;
  const args = [
    ...(given.length > 0 || elsewhere ? [literal(Object.fromEntries(given), "", begin.length)] : []),
    ...(elsewhere ? [literal({ stripeAccount: account })] : []),
  ];
  return args.length > 0 ? `${begin}${args.join(", ")});` : `${begin.replace(/, $/, "")});`;
};
