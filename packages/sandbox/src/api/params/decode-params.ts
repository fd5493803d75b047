import { invalidRequest } from "../../engine/world/stripe-error.js";
import { decodeMetadata } from "./decode-metadata.js";
import { choice, decimal, emptyString, flag, integer, number, text } from "./decode-scalar.js";
import type { Field, Fields, Params } from "./fields.js";

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list may come as a hash of positions, in any order and with holes. */
const itemsOf = (value: unknown): unknown => {
  if (!isHash(value)) return value;
  const positions = Object.keys(value);
  if (positions.length === 0 || !positions.every((key) => /^\d+$/.test(key))) return value;
  return positions.sort((one, other) => Number(one) - Number(other)).map((key) => value[key]);
};

const list = (field: Field, value: unknown, param: string): unknown[] => {
  const items = itemsOf(value);
  const of = field.of;
  if (!Array.isArray(items) || !of) throw invalidRequest("Invalid array", undefined, param);
  return items.map((item, index) => decode(of, item, `${param}[${index}]`));
};

const checkCurrencyKeys = (keys: readonly string[], param: string): void => {
  const upper = keys.find((key) => key !== key.toLowerCase());
  if (upper !== undefined)
    throw invalidRequest(
      `Currencies must be lowercase when used as keys in a map. Use \`${upper.toLowerCase()}\` instead of \`${upper}\`.`,
      undefined,
      param,
    );
};

const map = (field: Field, value: unknown, param: string): Record<string, unknown> => {
  const of = field.of;
  if (!isHash(value) || !of) throw invalidRequest("Invalid object", undefined, param);
  if (/\bcurrency_options\]?$/.test(param)) checkCurrencyKeys(Object.keys(value), param);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, decode(of, item, `${param}[${key}]`)]),
  );
};

const knows = (field: Field, value: Record<string, unknown>): boolean =>
  Object.keys(value).every((key) => Object.hasOwn(field.fields ?? {}, key));

/** Whether a value has the form of a field, before its content is looked at. */
const fits = (field: Field, value: unknown): boolean => {
  if (field.kind === "hash") return isHash(value) && knows(field, value);
  if (field.kind === "map" || field.kind === "metadata") return isHash(value);
  if (field.kind === "list") return Array.isArray(itemsOf(value));
  if (field.kind === "choice") return typeof value === "string" && field.values?.includes(value) === true;
  if (field.kind === "integer" || field.kind === "number")
    return typeof value === "string" && /^-?[\d.]+$/.test(value);
  return typeof value === "string";
};

/** The form that a value is meant to have, so that its refusal is about that one. */
const meantForm = (field: Field, value: unknown): Field => {
  const forms = [field, ...(field.or ?? [])];
  const fitting = forms.find((form) => fits(form, value));
  return fitting ?? (isHash(value) ? forms.find((form) => form.kind === "hash") : undefined) ?? field;
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
  metadata: (_field, value, param) => decodeMetadata(value, param),
  number,
  text,
} satisfies Record<Field["kind"], (field: Field, value: unknown, param: string) => unknown>;

const decode = (given: Field, value: unknown, param: string): unknown => {
  if (given.kind === "any") return value;
  if (value === "") {
    if (given.kind === "text" && given.clearable) return "";
    if (given.clearable || (given.kind === "metadata" && !given.required)) return null;
    throw emptyString(param);
  }
  const field = meantForm(given, value);
  return decoders[field.kind](field, value, param);
};

type Naming = (key: string) => string;

const checkKnown = (fields: Fields, given: Record<string, unknown>, nameOf: Naming): void => {
  for (const key of Object.keys(given)) {
    const past = Object.hasOwn(fields, key) ? fields[key]?.gone : undefined;
    if (past) throw invalidRequest(past.message, past.code, nameOf(key));
  }
  const strange = Object.keys(given)
    .filter((key) => !Object.hasOwn(fields, key))
    .map(nameOf);
  if (strange.length === 0) return;
  const noun = strange.length > 1 ? "parameters" : "parameter";
  throw invalidRequest(`Received unknown ${noun}: ${strange.join(", ")}`, "parameter_unknown", strange[0]);
};

const decodeHash = (
  fields: Fields,
  given: Record<string, unknown>,
  prefix: string,
): Record<string, unknown> => {
  const nameOf: Naming = (key) => (prefix === "" ? key : `${prefix}[${key}]`);
  checkKnown(fields, given, nameOf);
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
 * one for a wrong type or value.
 */
export const decodeParams = <F extends Fields>(fields: F, given: Record<string, unknown>): Params<F> =>
  decodeHash(fields, given, "") as Params<F>;
