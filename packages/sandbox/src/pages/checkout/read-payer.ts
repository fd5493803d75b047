import type { CheckoutPayer } from "../../engine/checkout/completing/checkout-payer.js";
import { judgeAnswer } from "../../engine/checkout/terms/checkout-field.js";
import type { StripeErrorBody } from "../../engine/world/stripe-error.js";
import { toDeclineMessage } from "../cards/decline-message.js";
import { isEmail, readCardForm } from "../cards/read-card-form.js";
import type { Messages } from "../messages/en.js";
import type { FieldTexts, Part, Refusal } from "../payer/payer-part.js";
import type { OpenCheckout } from "./open-checkout.js";
import { readAddress } from "./read-address.js";

type PayerResult =
  | { readonly payer: CheckoutPayer; readonly values: FieldTexts }
  | { readonly refusal: Refusal };

/** A number and a CVC are never written back into a page. */
const secret = new Set(["number", "cvc"]);

/** Who pays and with what, or which fields are in the way. */
export function readPayer(checkout: OpenCheckout, form: FormData, today: Date): PayerResult {
  const values: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === "string" && !secret.has(name)) values[name] = value.trim();
  const parts = [
    readContact(checkout, values),
    readAddress(checkout, values),
    readMethod(checkout, form, values, today),
    readNames(checkout, values),
    readAnswers(checkout, values),
    readConsent(checkout, values),
  ];
  const errors = Object.assign({}, ...parts.map((part) => part.errors)) as Record<string, string>;
  if (Object.keys(errors).length > 0) return { refusal: { values, errors, failure: undefined } };
  return { payer: Object.assign({}, ...parts.map((part) => part.payer)) as CheckoutPayer, values };
}

function readContact({ session, lockedEmail, language }: OpenCheckout, values: FieldTexts): Part {
  const { problem } = language.text;
  const email = lockedEmail ?? values.email ?? "";
  const errors: Record<string, string> = {};
  if (!isEmail(email)) errors.email = problem.email;
  const wantsPhone = session.phone_number_collection?.enabled === true;
  if (wantsPhone && !/\d.*\d.*\d.*\d/.test(values.phone ?? "")) errors.phone = problem.phone;
  return { payer: { email, ...(wantsPhone && values.phone ? { phone: values.phone } : {}) }, errors };
}

function readMethod(
  { summary, saved, debit, language }: OpenCheckout,
  form: FormData,
  values: FieldTexts,
  today: Date,
): Part {
  if (!summary.asksForCard) return { payer: {}, errors: {} };
  const { text } = language;
  if (saved.some(({ id }) => id === values.method))
    return { payer: { paymentMethodId: values.method ?? "" }, errors: {} };
  if (debit && values.method === "bank") {
    const errors: Record<string, string> = {};
    if (!values.account) errors.account = text.problem.iban;
    if (!values.holder) errors.holder = text.problem.required;
    return {
      payer: { account: { type: debit, number: values.account ?? "" }, name: values.holder ?? "" },
      errors,
    };
  }
  const read = readCardForm(form, today, text);
  const name = read.values.name ? { name: read.values.name } : {};
  return "card" in read
    ? { payer: { card: read.card, ...name }, errors: {} }
    : { payer: {}, errors: { ...read.errors } };
}

function readNames({ session, language }: OpenCheckout, values: FieldTexts): Part {
  const { problem } = language.text;
  const { business, individual } = session.name_collection ?? {};
  const errors: Record<string, string> = {};
  if (individual?.enabled && !individual.optional && !values.individual_name)
    errors.individual_name = problem.required;
  const wantsBusiness = business?.enabled && !business.optional && !session.tax_id_collection?.enabled;
  const asBusiness = Boolean(values.tax_id);
  if ((wantsBusiness || asBusiness) && !values.business_name) errors.business_name = problem.required;
  return {
    payer: {
      ...(values.individual_name ? { individualName: values.individual_name } : {}),
      ...(values.business_name ? { businessName: values.business_name } : {}),
      ...(values.tax_id ? { taxId: { type: values.tax_id_type || "eu_vat", value: values.tax_id } } : {}),
    },
    errors,
  };
}

const answerProblem = {
  choice: "choice",
  length: "length",
  missing: "required",
  number: "digits",
} as const satisfies Record<NonNullable<ReturnType<typeof judgeAnswer>>, keyof Messages["problem"]>;

function readAnswers({ session, language }: OpenCheckout, values: FieldTexts): Part {
  const errors: Record<string, string> = {};
  const answers: Record<string, string> = {};
  for (const field of session.custom_fields) {
    const answer = values[`custom.${field.key}`] ?? "";
    const wrong = judgeAnswer(field, answer);
    if (wrong) errors[`custom.${field.key}`] = language.text.problem[answerProblem[wrong]];
    answers[field.key] = answer;
  }
  return { payer: { answers }, errors };
}

function readConsent({ session, language }: OpenCheckout, values: FieldTexts): Part {
  const acceptsTerms = values.terms === "yes";
  const missing = session.consent_collection?.terms_of_service === "required" && !acceptsTerms;
  return {
    payer: { acceptsTerms, wantsPromotions: values.promotions === "yes", saves: values.save === "yes" },
    errors: missing ? { terms: language.text.problem.terms } : {},
  };
}

/** The engine's or the bank's refusal, next to the field that it is about. */
export function toRefusal(
  error: Pick<StripeErrorBody, "code" | "decline_code" | "message">,
  values: FieldTexts,
  text?: Messages,
): Refusal {
  const { field, message } = toDeclineMessage(error, text);
  const place = field && values.method?.startsWith("pm_") ? "method" : field;
  return place
    ? { values, errors: { [place]: message }, failure: undefined }
    : { values, errors: {}, failure: message };
}
