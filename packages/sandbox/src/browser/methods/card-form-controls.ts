import { type CardBrand, cvcLength, decideBrand, formatCardNumber, toDigits } from "../cards/card-number.js";
import type { CardFieldName } from "../cards/card-problems.js";
import type { TestCard } from "../cards/offered-test-cards.js";
import { formatExpiry } from "../cards/typed-expiry.js";
import { createCountrySelect } from "../dom/country-select.js";
import { createNode } from "../dom/create-node.js";
import { createTextInput } from "../dom/form-field.js";
import type { Language } from "../words/words-for.js";

/** Networks as they spell themselves. */
export const brandNames = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
  unknown: "",
} satisfies Record<CardBrand, string>;

/** What the customer types into. */
export interface CardControls {
  readonly controls: Record<Exclude<CardFieldName, "country">, HTMLInputElement> & {
    country: HTMLSelectElement;
  };
  /** Names the card's network beside its number. */
  readonly brand: HTMLElement;
  /** Brings the written forms in line after a control changed. */
  refresh(): void;
}

/** The form's controls, each with the `autocomplete` that browsers fill from, formatting while typed. */
export function createCardControls({ tag, words }: Language): CardControls {
  const controls = {
    number: createTextInput({
      autocomplete: "cc-number",
      inputmode: "numeric",
      placeholder: "1234 1234 1234 1234",
    }),
    expiry: createTextInput({
      autocomplete: "cc-exp",
      inputmode: "numeric",
      placeholder: words.field.expiryForm,
    }),
    cvc: createTextInput({ autocomplete: "cc-csc", inputmode: "numeric", placeholder: words.field.cvc }),
    name: createTextInput({ autocomplete: "cc-name", autocapitalize: "words" }),
    country: createCountrySelect(tag),
    postalCode: createTextInput({ autocomplete: "postal-code", placeholder: "12345", maxlength: "12" }),
  };
  const brand = createNode("span", { class: "Brand", hidden: true });
  let expiryBefore = "";

  return {
    controls,
    brand,
    refresh() {
      reformat(controls.number, formatCardNumber(controls.number.value));
      reformat(controls.expiry, formatExpiry(controls.expiry.value, expiryBefore));
      expiryBefore = controls.expiry.value;
      const network = decideBrand(toDigits(controls.number.value));
      controls.cvc.value = toDigits(controls.cvc.value).slice(0, cvcLength(network));
      brand.textContent = brandNames[network];
      brand.hidden = brandNames[network] === "";
    },
  };
}

/** Types a test card for the customer, with whatever else a payment needs. */
export function fillControls(controls: CardControls["controls"], card: TestCard): void {
  controls.number.value = card.number;
  controls.expiry.value = `12 / ${String((new Date().getFullYear() + 4) % 100).padStart(2, "0")}`;
  controls.cvc.value = "123";
  if (controls.name.value === "") controls.name.value = "Test Customer";
  if (controls.postalCode.value === "") controls.postalCode.value = "94107";
}

// Typing in the middle of a number must not throw the caret to its end.
function reformat(input: HTMLInputElement, text: string): void {
  if (input.value === text) return;
  const digitsBefore = toDigits(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
  const atEnd = input.selectionStart === input.value.length;
  input.value = text;
  if (atEnd || input.getRootNode() === document || !input.matches(":focus")) return;
  let caret = 0;
  for (let seen = 0; caret < text.length && seen < digitsBefore; caret += 1) {
    if (/\d/.test(text[caret] ?? "")) seen += 1;
  }
  input.setSelectionRange(caret, caret);
}
