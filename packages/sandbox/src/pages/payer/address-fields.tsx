/** @jsxImportSource hono/jsx */
import { countryCodes } from "../../browser/dom/country-codes.js";
import { Field } from "../cards/card-fields.js";
import { SelectField } from "../kit/select-field.js";
import type { Language } from "../words/messages-for.js";
import type { Refusal } from "./payer-part.js";

type AddressFieldsProps = Pick<Refusal, "errors" | "values"> & {
  /** `billing` or `shipping`: the first part of the fields' names. */
  kind: "billing" | "shipping";
  legend: string;
  /** Country and postal code only, which is enough for taxes. */
  brief?: boolean;
  countries?: readonly string[];
  language: Language;
  /** A sentence of the app's own. */
  note?: string | undefined;
};

/** A postal address, its country first, since the rest depends on it. */
export const AddressFields = ({
  kind,
  legend,
  brief = false,
  countries = countryCodes,
  ...props
}: AddressFieldsProps) => {
  const { language, errors, values, note } = props;
  const { pay } = language.text;
  const names = new Intl.DisplayNames([language.tag], { type: "region" });
  const options = countries
    .map((code): [string, string] => [code, names.of(code) ?? code])
    .sort((one, other) => one[1].localeCompare(other[1], language.tag));
  const field = (part: string, label: string, autocomplete: string) => (
    <Field
      name={`${kind}.${part}`}
      label={label}
      autocomplete={`${kind} ${autocomplete}`}
      value={values[`${kind}.${part}`]}
      error={errors[`${kind}.${part}`]}
    />
  );
  return (
    <fieldset class="group">
      <legend>{legend}</legend>
      {note ? <p class="fine">{note}</p> : null}
      {kind === "shipping" ? field("name", pay.fullName, "name") : null}
      <SelectField
        name={`${kind}.country`}
        label={pay.country}
        autocomplete={`${kind} country`}
        options={options}
        value={values[`${kind}.country`] ?? (options.length === 1 ? options[0]?.[0] : "US")}
        error={errors[`${kind}.country`]}
        blank={pay.choose}
      />
      {brief ? null : field("line1", pay.line1, "address-line1")}
      {brief ? null : field("line2", pay.line2, "address-line2")}
      <div class="pair">
        {field("postal_code", pay.postalCode, "postal-code")}
        {brief ? null : field("city", pay.city, "address-level2")}
      </div>
      {brief ? null : field("state", pay.state, "address-level1")}
    </fieldset>
  );
};
