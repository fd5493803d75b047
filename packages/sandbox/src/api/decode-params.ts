import { invalidRequest } from "../engine/stripe-error.js";
import type { Field, Fields, Params } from "./fields.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const integer = (field: Field, value: unknown, param: string): number => {
  if (typeof value !== "string" || !/^-?\d{1,15}$/.test(value))
    throw invalidRequest(`Invalid integer: ${String(value)}`, "parameter_invalid_integer", param);
  const number = Number(value);
  if (field.minimum !== undefined && number < field.minimum)
    throw invalidRequest(
      `This value must be greater than or equal to ${field.minimum}.`,
      "parameter_invalid_integer",
      param,
    );
  return number;
};

const flag = (value: unknown, param: string): boolean => {
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  throw invalidRequest(`Invalid boolean: ${String(value)}`, undefined, param);
};

const choice = (field: Field, value: unknown, param: string): string => {
  const values = field.values ?? [];
  if (typeof value === "string" && values.includes(value)) return value;
  const names = values.length > 1 ? `${values.slice(0, -1).join(", ")}, or ${values.at(-1)}` : values.join();
  throw invalidRequest(`Invalid ${param}: must be one of ${names}`, undefined, param);
};

const list = (field: Field, value: unknown, param: string): unknown[] => {
  const items =
    isHash(value) && Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : value;
  const of = field.of;
  if (!Array.isArray(items) || !of) throw invalidRequest("Invalid array", undefined, param);
  return items.map((item, index) => decode(of, item, `${param}[${index}]`));
};

const metadata = (value: unknown, param: string): Record<string, string> => {
  if (!isHash(value)) throw invalidRequest("Invalid object", undefined, param);
  const entries = Object.entries(value);
  if (entries.length > 50) throw invalidRequest("Metadata can have at most 50 keys.", undefined, param);
  for (const [key, item] of entries) {
    if (typeof item !== "string") throw invalidRequest("Invalid string", undefined, `${param}[${key}]`);
    if (key.length > 40)
      throw invalidRequest(
        `Invalid metadata: keys must be under 40 characters. Invalid key is ${key}.`,
        undefined,
        param,
      );
    if (item.length > 500)
      throw invalidRequest("Metadata values can have up to 500 characters.", undefined, `${param}[${key}]`);
  }
  return Object.fromEntries(entries) as Record<string, string>;
};

const text = (value: unknown, param: string): string => {
  if (typeof value !== "string") throw invalidRequest("Invalid string", undefined, param);
  if (value.length > 5000)
    throw invalidRequest(`Invalid string; must be at most 5000 characters`, undefined, param);
  return value;
};

const emptyString = (param: string) =>
  invalidRequest(
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; ` +
      `however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    "parameter_invalid_empty",
    param,
  );

const decode = (field: Field, value: unknown, param: string): unknown => {
  if (field.kind === "accepted") return value;
  if (value === "") {
    if (field.clearable || field.kind === "metadata") return null;
    throw emptyString(param);
  }
  if (field.or && isHash(value) !== (field.kind === "hash")) return decode(field.or, value, param);
  if (field.kind === "integer") return integer(field, value, param);
  if (field.kind === "flag") return flag(value, param);
  if (field.kind === "choice") return choice(field, value, param);
  if (field.kind === "list") return list(field, value, param);
  if (field.kind === "metadata") return metadata(value, param);
  if (field.kind === "text") return text(value, param);
  if (!isHash(value)) throw invalidRequest("Invalid object", undefined, param);
  return decodeHash(field.fields ?? {}, value, param);
};

const decodeHash = (
  fields: Fields,
  given: Record<string, unknown>,
  prefix: string,
): Record<string, unknown> => {
  const nameOf = (key: string): string => (prefix === "" ? key : `${prefix}[${key}]`);
  for (const key of Object.keys(given))
    if (!Object.hasOwn(fields, key))
      throw invalidRequest(`Received unknown parameter: ${nameOf(key)}`, "parameter_unknown", nameOf(key));
  const decoded: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(fields)) {
    if (Object.hasOwn(given, key)) decoded[key] = decode(field, given[key], nameOf(key));
    else if (field.required)
      throw invalidRequest(`Missing required param: ${nameOf(key)}.`, "parameter_missing", nameOf(key));
  }
  return decoded;
};

/**
 * Reads a request's parameters, or throws Stripe's refusal: `parameter_unknown`, `parameter_missing`, or the
 * one of the wrong type or value.
 */
export const decodeParams = <F extends Fields>(fields: F, given: Record<string, unknown>): Params<F> =>
  decodeHash(fields, given, "") as Params<F>;
