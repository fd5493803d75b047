import { chooseCountry, createCountrySelect } from "../dom/country-select.js";
import { createNode } from "../dom/create-node.js";
import { createFormField, createTextInput, type FormField } from "../dom/form-field.js";
import type { ElementView } from "../element/element-shell.js";
import { decideDefaultCountry } from "../element/payment-element-options.js";
import type { Language } from "../words/words-for.js";
import {
  type AddressElementOptions,
  type AddressFieldName,
  allowedCountries,
  decideAddressFields,
  defaultsOf,
  isRequired,
} from "./decide-address-fields.js";

/** An address as the element's events and `getValue` give it. */
export interface AddressValue {
  readonly name: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly address: {
    readonly line1: string;
    readonly line2: string | null;
    readonly city: string;
    readonly state: string;
    readonly postal_code: string;
    readonly country: string;
  };
  readonly phone?: string;
}

export interface AddressForm extends ElementView {
  value(): AddressValue;
  isEmpty(): boolean;
  isComplete(): boolean;
  /** Shows what is missing and puts the focus there; whether nothing is. */
  validate(): boolean;
  update(options: AddressElementOptions): void;
}

const inputs = {
  name: { autocomplete: "name", autocapitalize: "words" },
  firstName: { autocomplete: "given-name", autocapitalize: "words" },
  lastName: { autocomplete: "family-name", autocapitalize: "words" },
  line1: { autocomplete: "address-line1" },
  line2: { autocomplete: "address-line2" },
  city: { autocomplete: "address-level2" },
  state: { autocomplete: "address-level1" },
  postalCode: { autocomplete: "postal-code" },
  phone: { autocomplete: "tel", inputmode: "tel", type: "tel" },
} satisfies Record<Exclude<AddressFieldName, "country">, Record<string, string>>;

type Fields = Record<AddressFieldName, FormField<AddressFieldName>>;

export function createAddressForm(
  initial: AddressElementOptions,
  language: Language,
  onChange: () => void,
): AddressForm {
  const { words } = language;
  let options = initial;
  const fields = createFields(options, language);
  const node = createNode("div", {
    class: "Form",
    role: "group",
    "aria-label": options.mode === "shipping" ? words.field.shippingAddress : words.field.billingAddress,
  });
  const textOf = (name: AddressFieldName): string => fields[name].control.value.trim();
  const shown = (): AddressFieldName[] => decideAddressFields(options, textOf("country"));
  const missing = (): AddressFieldName[] =>
    shown().filter((name) => textOf(name) === "" && isRequired(name, options, textOf("country")));
  const problem = { code: "incomplete_address", message: words.problem.missing };

  function arrange(): void {
    const names = shown();
    node.replaceChildren(...inRows(names, fields));
  }
  function applyDefaults(): void {
    const defaults = defaultsOf(options);
    for (const [name, value] of Object.entries(defaults))
      if (name !== "country") fields[name as AddressFieldName].control.value = value;
    const { control } = fields.country;
    const country = defaults.country ?? decideDefaultCountry({}, navigator.language);
    if (control instanceof HTMLSelectElement) chooseCountry(control, country);
  }

  for (const field of Object.values(fields)) {
    field.control.addEventListener("input", () => {
      field.showProblem(undefined);
      if (field.name === "country") {
        arrange();
        field.control.focus();
      }
      onChange();
    });
  }
  applyDefaults();
  arrange();

  return {
    node,
    value: () => readAddress(shown(), textOf),
    isEmpty: () => shown().every((name) => name === "country" || textOf(name) === ""),
    isComplete: () => missing().length === 0,
    validate() {
      const wrong = missing();
      for (const name of shown()) fields[name].showProblem(wrong.includes(name) ? problem : undefined);
      if (wrong[0]) fields[wrong[0]].control.focus();
      return wrong.length === 0;
    },
    update(next) {
      options = { ...options, ...next };
      if (next.defaultValues) applyDefaults();
      arrange();
      onChange();
    },
    clear() {
      for (const { name, control } of Object.values(fields)) if (name !== "country") control.value = "";
      onChange();
    },
    focus: () => fields[shown()[0] ?? "line1"].control.focus(),
  };
}

function createFields(options: AddressElementOptions, { tag, words }: Language): Fields {
  const create = (name: AddressFieldName): FormField<AddressFieldName> =>
    createFormField({
      name,
      label:
        name === "name" && options.display?.name === "organization"
          ? words.field.organization
          : words.field[name],
      control:
        name === "country"
          ? createCountrySelect(tag, allowedCountries(options))
          : createTextInput(inputs[name]),
    });
  return {
    name: create("name"),
    firstName: create("firstName"),
    lastName: create("lastName"),
    country: create("country"),
    line1: create("line1"),
    line2: create("line2"),
    city: create("city"),
    state: create("state"),
    postalCode: create("postalCode"),
    phone: create("phone"),
  };
}

/** Short fields stand side by side. */
const pairs: readonly (readonly AddressFieldName[])[] = [
  ["firstName", "lastName"],
  ["city", "state", "postalCode"],
];

function inRows(names: readonly AddressFieldName[], fields: Fields): HTMLElement[] {
  const rows: HTMLElement[] = [];
  const done = new Set<AddressFieldName>();
  for (const name of names) {
    if (done.has(name)) continue;
    const row = (pairs.find((pair) => pair.includes(name)) ?? [name]).filter((each) => names.includes(each));
    for (const each of row) done.add(each);
    const nodes = row.map((each) => fields[each].node);
    rows.push(...(row.length === 1 ? nodes : [createNode("div", { class: "Row Row--address" }, ...nodes)]));
  }
  return rows;
}

function readAddress(
  shown: readonly AddressFieldName[],
  textOf: (name: AddressFieldName) => string,
): AddressValue {
  const split = shown.includes("firstName");
  return {
    name: split ? `${textOf("firstName")} ${textOf("lastName")}`.trim() : textOf("name"),
    ...(split ? { firstName: textOf("firstName"), lastName: textOf("lastName") } : {}),
    address: {
      line1: textOf("line1"),
      line2: textOf("line2") || null,
      city: textOf("city"),
      state: shown.includes("state") ? textOf("state") : "",
      postal_code: textOf("postalCode"),
      country: textOf("country"),
    },
    ...(shown.includes("phone") ? { phone: textOf("phone") } : {}),
  };
}
