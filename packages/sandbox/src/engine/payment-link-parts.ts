import { need } from "./find.js";
import type { PaymentLinkTerms } from "./payment-link-fields.js";
import { shippingAmount } from "./shipping-rate.js";
import type { PaymentLink } from "./wire.js";
import type { World } from "./world.js";

/** The fields that a link's checkout asks for. */
export const fieldsOf = (given: PaymentLinkTerms["custom_fields"]): PaymentLink["custom_fields"] =>
  (given ?? []).map(({ key, label, optional = false, type, dropdown, numeric, text }) => ({
    key,
    label,
    optional,
    type,
    ...(dropdown
      ? { dropdown: { default_value: dropdown.default_value ?? null, options: dropdown.options } }
      : {}),
    ...(numeric ? { numeric: lengths(numeric) } : {}),
    ...(text ? { text: lengths(text) } : {}),
  }));

const lengths = (given: { default_value?: string; maximum_length?: number; minimum_length?: number }) => ({
  default_value: given.default_value ?? null,
  maximum_length: given.maximum_length ?? null,
  minimum_length: given.minimum_length ?? null,
});

/** What a link's ways of shipping cost. */
export const shippingOf = (
  world: World,
  given: PaymentLinkTerms["shipping_options"],
  currency: string,
): PaymentLink["shipping_options"] =>
  (given ?? []).map(({ shipping_rate: id = "" }, index) => {
    const rate = need(world.shippingRates, "shipping rate", id, `shipping_options[${index}][shipping_rate]`);
    return { shipping_amount: shippingAmount(rate, currency) ?? 0, shipping_rate: rate.id };
  });
