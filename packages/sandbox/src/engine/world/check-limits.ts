import { invalidRequest } from "./stripe-error.js";

/** A value as an error message shows it: long ones lose their middle. */
export const shown = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 18)}...${text.slice(-18)}` : text;
};

/** Refuses a list of more than so many. */
export const checkCount = (
  list: readonly unknown[] | null | undefined,
  most: number,
  param: string,
): void => {
  if (list && list.length > most)
    throw invalidRequest(
      `Array ${/(\w+)\]?$/.exec(param)?.[1]} exceeded maximum ${most} allowed elements.`,
      undefined,
      param,
    );
};

/** Refuses a text of more than so many characters. */
export const checkLength = (text: string | null | undefined, most: number, param: string): void => {
  if (text && text.length > most)
    throw invalidRequest(
      `Invalid string: ${shown(text)}; must be at most ${most} characters`,
      undefined,
      param,
    );
};

/** https://docs.stripe.com/api/invoices/create#create_invoice-custom_fields */
export const checkCustomFields = (
  fields: readonly { name: string; value: string }[] | null | undefined,
  param: string,
): void => {
  checkCount(fields, 4, param);
  fields?.forEach(({ name, value }, index) => {
    checkLength(name, 40, `${param}[${index}][name]`);
    checkLength(value, 140, `${param}[${index}][value]`);
  });
};
