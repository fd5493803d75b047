import { toDigits } from "../cards/card-number.js";
import { parseExpiry } from "../cards/typed-expiry.js";
import { type MethodPanel, toValidationError } from "../element/method-panel.js";
import { decideShownFields, type PaymentElementOptions } from "../element/payment-element-options.js";
import type { Language } from "../words/words-for.js";
import { createCardForm } from "./card-form.js";

/** Pays with a new card. */
export function createCardPanel(
  initial: PaymentElementOptions,
  language: Language,
  onInput: () => void,
): MethodPanel {
  let options = initial;
  const form = createCardForm(initial, language, onInput);
  return {
    type: "card",
    node: form.node,
    isEmpty() {
      const { number, expiry, cvc } = form.read();
      return number === "" && expiry === "" && cvc === "";
    },
    isComplete: () => Object.keys(form.problems()).length === 0,
    validate() {
      const problem = Object.values(form.problems())[0];
      if (!problem) return undefined;
      form.showProblems();
      return toValidationError(problem);
    },
    data() {
      const fields = form.read();
      const expiry = parseExpiry(fields.expiry);
      const shown = decideShownFields(options, fields.country);
      const defaults = options.defaultValues?.billingDetails;
      return {
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
          address: {
            ...defaults?.address,
            country: shown.has("country") ? fields.country : undefined,
            postal_code: shown.has("postalCode") ? fields.postalCode : undefined,
          },
        },
      };
    },
    update(next) {
      options = { ...options, ...next };
      form.update(next);
    },
    clear: () => form.clear(),
    focus: () => form.focus(),
  };
}
