import { type CardFieldName, needsPostalCode, type ShownFields } from "./card-fields.js";

type FieldOption = "auto" | "never" | "always" | "if_required";

/** The PaymentElement options that the card form obeys. */
export interface PaymentElementOptions {
  readonly defaultValues?: {
    readonly billingDetails?: {
      readonly name?: string;
      readonly email?: string;
      readonly phone?: string;
      readonly address?: { readonly country?: string; readonly postal_code?: string };
    };
  };
  readonly fields?: {
    readonly billingDetails?:
      | FieldOption
      | {
          readonly name?: FieldOption;
          readonly address?:
            | FieldOption
            | { readonly country?: FieldOption; readonly postalCode?: FieldOption };
        };
  };
  readonly readOnly?: boolean;
  readonly [ignored: string]: unknown;
}

/** Card fields always show; the billing ones as the page asked, and a postal code where the country has use for it. */
export function decideShownFields(options: PaymentElementOptions, country: string): ShownFields {
  const shown = new Set<CardFieldName>(["number", "expiry", "cvc"]);
  const billing = options.fields?.billingDetails;
  if (billing === "never") return shown;
  const details = typeof billing === "object" ? billing : {};
  if (details.name === "always") shown.add("name");
  if (details.address === "never") return shown;
  const address = typeof details.address === "object" ? details.address : {};
  if (address.country !== "never") shown.add("country");
  if (address.postalCode !== "never" && needsPostalCode(country)) shown.add("postalCode");
  return shown;
}

/** The page's default, else the browser's own region, else the United States. */
export function decideDefaultCountry(options: PaymentElementOptions, language: string): string {
  const given = options.defaultValues?.billingDetails?.address?.country;
  if (given) return given;
  return new Intl.Locale(language).region ?? "US";
}
