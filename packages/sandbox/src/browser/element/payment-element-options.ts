import { type CardFieldName, needsPostalCode, type ShownFields } from "../cards/card-problems.js";
import type { PickerLayout } from "./method-picker.js";

type FieldOption = "auto" | "never" | "always" | "if_required";
type Layout = "tabs" | "accordion" | "auto";

/** A postal address as defaults give it. */
interface DefaultAddress {
  readonly country?: string;
  readonly postal_code?: string;
  readonly state?: string;
  readonly city?: string;
  readonly line1?: string;
  readonly line2?: string;
}

interface BillingFields {
  readonly name?: FieldOption;
  readonly email?: FieldOption;
  readonly address?: FieldOption | { readonly country?: FieldOption; readonly postalCode?: FieldOption };
}

/** The PaymentElement options that the form obeys. */
export interface PaymentElementOptions {
  readonly defaultValues?: {
    readonly billingDetails?: {
      readonly name?: string;
      readonly email?: string;
      readonly phone?: string;
      readonly address?: DefaultAddress;
    };
  };
  readonly business?: { readonly name: string };
  readonly paymentMethodOrder?: readonly string[];
  readonly fields?: { readonly billingDetails?: FieldOption | BillingFields };
  readonly readOnly?: boolean;
  readonly terms?: Readonly<Record<string, "auto" | "always" | "never">>;
  readonly layout?:
    | Layout
    | {
        readonly type: Layout;
        readonly defaultCollapsed?: boolean;
        readonly radios?: "auto" | "never" | "always" | "if_multiple" | boolean;
        readonly spacedAccordionItems?: boolean;
      };
  readonly [ignored: string]: unknown;
}

/**
 * Card fields always show; the billing ones as the page asked, and a postal code where the country uses one.
 */
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

/** Tabs unless the page asks for an accordion. */
export function decideLayout(
  { layout }: PaymentElementOptions,
  count: number,
): PickerLayout & { collapsed: boolean } {
  const asked = typeof layout === "object" ? layout : { type: layout ?? "tabs" };
  const radios = asked.radios ?? "auto";
  return {
    kind: asked.type === "accordion" ? "accordion" : "tabs",
    spaced: asked.spacedAccordionItems ?? false,
    radios: radios === "if_multiple" ? count > 1 : radios !== "never" && radios !== false,
    collapsed: asked.defaultCollapsed ?? false,
  };
}

const simulated = ["card", "sepa_debit", "us_bank_account"] as const;

/** The allowed types that the form can take, in the order that the page asks for. */
export function decideTypes(
  allowed: readonly string[],
  { paymentMethodOrder = [] }: PaymentElementOptions,
): (typeof simulated)[number][] {
  const place = (type: string): number => {
    const at = paymentMethodOrder.indexOf(type);
    return at === -1 ? paymentMethodOrder.length : at;
  };
  const types = simulated.filter((type) => allowed.includes(type));
  return types.sort((a, b) => place(a) - place(b));
}

const termNames = { card: "card", sepa_debit: "sepaDebit", us_bank_account: "usBankAccount" } as const;

/** Whether the form says what the customer agrees to: for debits always, for cards when they will be used again. */
export function decideTerms(
  { terms }: PaymentElementOptions,
  type: keyof typeof termNames,
  reuses: boolean,
): boolean {
  const asked = terms?.[termNames[type]] ?? "auto";
  if (asked !== "auto") return asked === "always";
  return type !== "card" || reuses;
}
