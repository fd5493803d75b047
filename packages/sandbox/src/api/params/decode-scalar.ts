import { checkLength, shown } from "../../engine/world/check-limits.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { Field } from "./fields.js";
import { inStripesOrder } from "./order-of-words.js";

/** The refusal of a value that would unset what can't be unset. */
export const emptyString = (param: string) =>
  invalidRequest(
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; ` +
      `however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    "parameter_invalid_empty",
    param,
  );

const beyond = (side: "greater" | "less", limit: number, param: string) =>
  invalidRequest(`This value must be ${side} than or equal to ${limit}.`, "parameter_invalid_integer", param);

export const integer = (field: Field, value: unknown, param: string): number => {
  if (typeof value !== "string" || !/^-?\d{1,15}$/.test(value))
    throw invalidRequest(`Invalid integer: ${shown(value)}`, "parameter_invalid_integer", param);
  const number = Number(value);
  if (field.minimum !== undefined && number < field.minimum) throw beyond("greater", field.minimum, param);
  if (field.maximum !== undefined && number > field.maximum) throw beyond("less", field.maximum, param);
  return number === 0 ? 0 : number;
};

export const flag = (value: unknown, param: string): boolean => {
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  throw invalidRequest(`Invalid boolean: ${shown(value)}`, undefined, param);
};

const listed = (values: readonly string[]): string => {
  if (values.length < 3) return values.join(" or ");
  return `${values.slice(0, -1).join(", ")}, or ${values.at(-1)}`;
};

export const choice = (field: Field, value: unknown, param: string): string => {
  const values = inStripesOrder(field.values ?? []);
  if (typeof value === "string" && values.includes(value)) return value;
  const must = values.length === 1 ? "must be" : "must be one of";
  throw invalidRequest(`Invalid ${param}: ${must} ${listed(values)}`, undefined, param);
};

const longest = 5000;

export const text = (field: Field, value: unknown, param: string): string => {
  if (typeof value !== "string") throw invalidRequest(`Invalid string: ${shown(value)}`, undefined, param);
  if (value.includes("\0"))
    throw invalidRequest("Invalid string: must not contain null bytes", undefined, param);
  checkLength(value, field.maximum ?? longest, param);
  if (field.required && value.trim() === "")
    throw invalidRequest(
      `You passed a blank string for '${param}'. It must have at least one character that is no whitespace.`,
      "parameter_invalid_string_blank",
      param,
    );
  return value;
};

const decimalForm = /^-?\d{1,15}(\.\d{1,12})?$/;

const checkDecimal = (value: unknown, param: string): string => {
  if (typeof value !== "string" || !decimalForm.test(value))
    throw invalidRequest(`Invalid decimal: ${shown(value)}`, "parameter_invalid_decimal", param);
  return value;
};

export const number = (field: Field, value: unknown, param: string): number => {
  const read = Number(checkDecimal(value, param));
  if (field.minimum !== undefined && read < field.minimum) throw beyond("greater", field.minimum, param);
  if (field.maximum !== undefined && read > field.maximum) throw beyond("less", field.maximum, param);
  return read;
};

/** Up to twelve decimal places, as a text: Stripe's decimals are exact. */
export const decimal = (value: unknown, param: string): string => checkDecimal(value, param);
