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

const number = (value: unknown, param: string): number => {
  if (typeof value !== "string" || !/^-?\d{1,15}(\.\d{1,12})?$/.test(value))
    throw invalidRequest(`Invalid decimal: ${String(value)}`, "parameter_invalid_decimal", param);
  return Number(value);
};

/** Twelve decimal places, as a text: Stripe's decimals are exact. */
const decimal = (value: unknown, param: string): string => {
  number(value, param);
  return String(value);
};

const map = (field: Field, value: unknown, param: string): Record<string, unknown> => {
  const of = field.of;
  if (!isHash(value) || !of) throw invalidRequest("Invalid object", undefined, param);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, decode(of, item, `${param}[${key}]`)]),
  );
};

/** Whether a value has the form of a field, before its content is looked at. */
const fits = (field: Field, value: unknown): boolean => {
  if (field.kind === "hash" || field.kind === "map" || field.kind === "metadata") return isHash(value);
  if (field.kind === "list") return Array.isArray(value) || isHash(value);
  if (field.kind === "choice") return typeof value === "string" && field.values?.includes(value) === true;
  if (field.kind === "integer" || field.kind === "number")
    return typeof value === "string" && /^-?[\d.]+$/.test(value);
  return typeof value === "string";
};

const decoders = {
  any: (_field, value) => value,
  choice,
  decimal: (_field, value, param) => decimal(value, param),
  flag: (_field, value, param) => flag(value, param),
  hash: (field, value, param) => {
    if (!isHash(value)) throw invalidRequest("Invalid object", undefined, param);
    return decodeHash(field.fields ?? {}, value, param);
  },
  integer,
  list,
  map,
  metadata: (_field, value, param) => metadata(value, param),
  number: (_field, value, param) => number(value, param),
  text: (_field, value, param) => text(value, param),
} satisfies Record<Field["kind"], (field: Field, value: unknown, param: string) => unknown>;

const decode = (given: Field, value: unknown, param: string): unknown => {
  if (given.kind === "any") return value;
  if (value === "") {
    if (given.kind === "text" && given.clearable) return "";
    if (given.clearable || given.kind === "metadata") return null;
    throw emptyString(param);
  }
  const field = [given, ...(given.or ?? [])].find((form) => fits(form, value)) ?? given;
  return decoders[field.kind](field, value, param);
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
