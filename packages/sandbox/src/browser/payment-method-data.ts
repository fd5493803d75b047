import type { ApiError } from "./api-client.js";
import { parseExpiry } from "./card-expiry.js";
import { toDigits } from "./card-number.js";
import type { ElementsState } from "./create-elements.js";
import { decideShownFields } from "./payment-element-options.js";

type Params = Readonly<Record<string, unknown>>;

/** The typed card as `payment_method_data`, merged over what the page knows of the payer; or why it can't be used. */
export function readPaymentMethodData(
  state: ElementsState,
  given: Params = {},
): { readonly data: Params } | { readonly error: ApiError } {
  const payment = state.payment();
  const result = payment.validate();
  if ("error" in result) return result;
  const { fields } = result;
  const expiry = parseExpiry(fields.expiry);
  const shown = decideShownFields(payment.options(), fields.country);
  const defaults = payment.options().defaultValues?.billingDetails;
  const billing = asRecord(given.billing_details);
  return {
    data: {
      ...given,
      type: "card",
      card: {
        number: toDigits(fields.number),
        exp_month: expiry?.month,
        exp_year: expiry?.year,
        cvc: fields.cvc,
      },
      billing_details: {
        name: shown.has("name") ? fields.name : defaults?.name,
        email: defaults?.email,
        phone: defaults?.phone,
        ...billing,
        address: {
          country: shown.has("country") ? fields.country : undefined,
          postal_code: shown.has("postalCode") ? fields.postalCode : undefined,
          ...asRecord(billing.address),
        },
      },
    },
  };
}

function asRecord(value: unknown): Params {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
