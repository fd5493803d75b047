import { checkCount, checkLength } from "../../world/check-limits.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CheckoutSession } from "../../world/wire.js";
import type { CheckoutOrder } from "./checkout-order.js";

type Given = NonNullable<CheckoutOrder["custom_fields"]>[number];
type CustomField = CheckoutSession["custom_fields"][number];

const limits = (
  given: { default_value?: string; maximum_length?: number; minimum_length?: number } = {},
) => ({
  default_value: given.default_value ?? null,
  maximum_length: given.maximum_length ?? null,
  minimum_length: given.minimum_length ?? null,
  value: null,
});

/** A question of the app's own, not yet answered. */
export const showField = (given: Given): CustomField => ({
  ...(given.type === "dropdown"
    ? {
        dropdown: {
          default_value: given.dropdown?.default_value ?? null,
          options: given.dropdown?.options ?? [],
          value: null,
        },
      }
    : {}),
  key: given.key,
  label: { custom: given.label.custom, type: "custom" },
  ...(given.type === "numeric" ? { numeric: limits(given.numeric) } : {}),
  optional: given.optional ?? false,
  ...(given.type === "text" ? { text: limits(given.text) } : {}),
  type: given.type,
});

/**
 * Refuses questions that could not be asked.
 * https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-custom_fields
 */
export const checkFields = (fields: CheckoutOrder["custom_fields"]): void => {
  const keys = new Set<string>();
  for (const [index, field] of (fields ?? []).entries()) {
    const at = `custom_fields[${index}]`;
    if (!/^[a-zA-Z0-9]{1,200}$/.test(field.key) || keys.has(field.key))
      throw invalidRequest(
        "Custom field keys must be unique, alphanumeric and up to 200 characters long.",
        undefined,
        `${at}[key]`,
      );
    keys.add(field.key);
    checkLength(field.label.custom, 100, `${at}[label][custom]`);
    checkCount(field.dropdown?.options, 200, `${at}[dropdown][options]`);
    if (field.type === "dropdown" && !field.dropdown?.options.length)
      throw invalidRequest(
        `Missing required param: ${at}[dropdown][options].`,
        "parameter_missing",
        `${at}[dropdown][options]`,
      );
  }
};

/** The rule of a field that an answer breaks, or undefined; the words are the page's. */
export const judgeAnswer = (
  field: CustomField,
  answer: string,
): "choice" | "length" | "missing" | "number" | undefined => {
  if (answer === "") return field.optional ? undefined : "missing";
  if (field.dropdown)
    return field.dropdown.options.some(({ value }) => value === answer) ? undefined : "choice";
  if (field.numeric && !/^\d+$/.test(answer)) return "number";
  const { minimum_length: least, maximum_length: most } = field.numeric ?? field.text ?? limits();
  return answer.length < (least ?? 0) || answer.length > (most ?? 255) ? "length" : undefined;
};

/** Writes an answer into its field. */
export const answerField = (field: CustomField, answer: string): void => {
  const part = field.dropdown ?? field.numeric ?? field.text;
  if (part) part.value = answer === "" ? null : answer;
};
