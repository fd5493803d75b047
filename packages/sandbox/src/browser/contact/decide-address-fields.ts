import { needsPostalCode } from "../cards/card-problems.js";
import { countryCodes } from "../dom/country-codes.js";

export type AddressFieldName =
  | "name"
  | "firstName"
  | "lastName"
  | "country"
  | "line1"
  | "line2"
  | "city"
  | "state"
  | "postalCode"
  | "phone";

interface DefaultValues {
  readonly name?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
  readonly address?: {
    readonly line1?: string | null;
    readonly line2?: string | null;
    readonly city?: string | null;
    readonly state?: string | null;
    readonly postal_code?: string | null;
    readonly country?: string;
  };
}

/** The AddressElement options that the form obeys. */
export interface AddressElementOptions {
  readonly mode?: "shipping" | "billing";
  readonly allowedCountries?: readonly string[] | null;
  readonly blockPoBox?: boolean;
  readonly defaultValues?: DefaultValues;
  readonly fields?: { readonly phone?: "always" | "never" | "auto"; readonly name?: "never" | "auto" };
  readonly validation?: { readonly phone?: { readonly required?: "always" | "never" | "auto" } };
  readonly display?: { readonly name?: "full" | "split" | "organization" };
  readonly [ignored: string]: unknown;
}

/** Where letters need a state or province. */
const statesIn = new Set(["US", "CA", "AU", "BR", "IN", "MX", "MY", "IE", "IT", "ES", "JP", "CN", "AE"]);

export function allowedCountries({ allowedCountries: allowed }: AddressElementOptions): readonly string[] {
  return allowed && allowed.length > 0 ? allowed : countryCodes;
}

/** The fields that the form shows, in their order. */
export function decideAddressFields(options: AddressElementOptions, country: string): AddressFieldName[] {
  const name: AddressFieldName[] = options.display?.name === "split" ? ["firstName", "lastName"] : ["name"];
  return [
    ...(options.fields?.name === "never" ? [] : name),
    "country",
    "line1",
    "line2",
    "city",
    ...(statesIn.has(country) ? (["state"] as const) : []),
    "postalCode",
    ...(options.fields?.phone === "always" ? (["phone"] as const) : []),
  ];
}

/** Whether an empty field keeps the address from being complete. */
export function isRequired(name: AddressFieldName, options: AddressElementOptions, country: string): boolean {
  if (name === "line2") return false;
  if (name === "postalCode") return needsPostalCode(country) || !["AE", "HK", "IE", "QA"].includes(country);
  if (name === "phone") return options.validation?.phone?.required !== "never";
  return true;
}

/** What the form starts with. */
export function defaultsOf({
  defaultValues,
}: AddressElementOptions): Partial<Record<AddressFieldName, string>> {
  const { address, firstName, lastName, name, phone } = defaultValues ?? {};
  const found = {
    name: name ?? [firstName, lastName].filter(Boolean).join(" "),
    firstName: firstName ?? name?.split(" ").slice(0, -1).join(" "),
    lastName: lastName ?? name?.split(" ").at(-1),
    country: address?.country,
    line1: address?.line1,
    line2: address?.line2,
    city: address?.city,
    state: address?.state,
    postalCode: address?.postal_code,
    phone,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value)) as Partial<
    Record<AddressFieldName, string>
  >;
}
