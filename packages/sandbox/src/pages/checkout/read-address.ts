import type { FieldTexts, Part } from "../payer/payer-part.js";
import type { OpenCheckout } from "./open-checkout.js";

const parts = ["country", "line1", "line2", "city", "state", "postal_code"] as const;

/** Which parts of an address must be there. */
const needed = {
  full: ["country", "line1", "city", "postal_code"],
  brief: ["country", "postal_code"],
} as const;

function read(kind: "billing" | "shipping", values: FieldTexts, how: keyof typeof needed, required: string) {
  const errors: Record<string, string> = {};
  for (const part of needed[how]) if (!values[`${kind}.${part}`]) errors[`${kind}.${part}`] = required;
  const given = parts.flatMap((part) =>
    values[`${kind}.${part}`] ? [[part, values[`${kind}.${part}`]]] : [],
  );
  return { errors, address: Object.fromEntries(given) as Record<string, string> };
}

/** Where the customer is and where the goods go, as far as the session asks for it. */
export function readAddress({ session, language }: OpenCheckout, values: FieldTexts): Part {
  const { problem } = language.text;
  const result: Part = { payer: {}, errors: {} };
  const countries: string[] | undefined = session.shipping_address_collection?.allowed_countries;
  if (countries) {
    const { errors, address } = read("shipping", values, "full", problem.required);
    const name = values["shipping.name"] ?? "";
    if (!name) errors["shipping.name"] = problem.required;
    if (address.country && !countries.includes(address.country)) errors["shipping.country"] = problem.country;
    Object.assign(result.errors, errors);
    result.payer.shipping = { name, address };
  }
  const full = session.billing_address_collection === "required";
  if (full || session.automatic_tax.enabled) {
    const { errors, address } = read("billing", values, full ? "full" : "brief", problem.required);
    Object.assign(result.errors, errors);
    result.payer.billingAddress = address;
  }
  return result;
}
