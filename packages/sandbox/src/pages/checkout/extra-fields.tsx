/** @jsxImportSource hono/jsx */

import { Field } from "../cards/card-fields.js";
import { CheckField } from "../kit/check-field.js";
import { SelectField } from "../kit/select-field.js";
import { AddressFields } from "../payer/address-fields.js";
import type { Refusal } from "../payer/payer-part.js";
import type { OpenCheckout } from "./open-checkout.js";

type Props = OpenCheckout & Refusal;

/** What the app asks for besides the payment, before it. */
export const DeliveryFields = ({ session, language, values, errors }: Props) => {
  const { pay } = language.text;
  const countries = session.shipping_address_collection?.allowed_countries;
  return (
    <>
      {session.phone_number_collection?.enabled ? (
        <Field
          name="phone"
          label={pay.phone}
          type="tel"
          autocomplete="tel"
          value={values.phone}
          error={errors.phone}
        />
      ) : null}
      {countries ? (
        <AddressFields
          kind="shipping"
          legend={pay.shippingAddress}
          countries={countries}
          language={language}
          values={values}
          errors={errors}
          note={session.custom_text.shipping_address?.message}
        />
      ) : null}
    </>
  );
};

/** https://docs.stripe.com/billing/customer/tax-ids#supported-tax-id */
const taxIdTypes = [
  ["eu_vat", "EU VAT"],
  ["gb_vat", "GB VAT"],
  ["ch_vat", "CH VAT"],
  ["no_vat", "NO VAT"],
  ["us_ein", "US EIN"],
  ["ca_bn", "CA BN"],
  ["au_abn", "AU ABN"],
  ["br_cnpj", "BR CNPJ"],
  ["cn_tin", "CN TIN"],
  ["in_gst", "IN GST"],
  ["jp_trn", "JP TRN"],
  ["sg_gst", "SG GST"],
] as const;

const BusinessFields = ({ session, language, values, errors }: Props) => {
  const { pay } = language.text;
  if (!session.tax_id_collection?.enabled) return null;
  return (
    <details class="business" open={Boolean(values.tax_id || errors.tax_id || errors.business_name)}>
      <summary>{pay.business}</summary>
      <div class="group">
        <Field
          name="business_name"
          label={pay.businessName}
          autocomplete="organization"
          value={values.business_name}
          error={errors.business_name}
        />
        <SelectField
          name="tax_id_type"
          label={pay.taxIdType}
          options={taxIdTypes}
          value={values.tax_id_type ?? "eu_vat"}
          error={undefined}
          blank={pay.choose}
        />
        <Field
          name="tax_id"
          label={pay.taxId}
          autocomplete="off"
          value={values.tax_id}
          error={errors.tax_id}
        />
      </div>
    </details>
  );
};

const NameFields = ({ session, language, values, errors }: Props) => {
  const { pay } = language.text;
  const { business, individual } = session.name_collection ?? {};
  const label = (text: string, optional: boolean) => (optional ? pay.optional(text) : text);
  return (
    <>
      {individual?.enabled ? (
        <Field
          name="individual_name"
          label={label(pay.fullName, individual.optional)}
          autocomplete="name"
          value={values.individual_name}
          error={errors.individual_name}
        />
      ) : null}
      {business?.enabled && !session.tax_id_collection?.enabled ? (
        <Field
          name="business_name"
          label={label(pay.businessName, business.optional)}
          autocomplete="organization"
          value={values.business_name}
          error={errors.business_name}
        />
      ) : null}
    </>
  );
};

const CustomFields = ({ session, language, values, errors }: Props) => (
  <>
    {session.custom_fields.map((field) => {
      const { pay } = language.text;
      const custom = field.label.custom ?? field.key;
      const name = `custom.${field.key}`;
      const fallback = (field.dropdown ?? field.numeric ?? field.text)?.default_value ?? undefined;
      const shared = {
        name,
        label: field.optional ? pay.optional(custom) : custom,
        value: values[name] ?? fallback,
        error: errors[name],
      };
      return field.dropdown ? (
        <SelectField
          key={name}
          {...shared}
          options={field.dropdown.options.map(({ value, label }): [string, string] => [value, label])}
          blank={pay.choose}
        />
      ) : (
        <Field key={name} {...shared} autocomplete="off" numeric={field.type === "numeric"} />
      );
    })}
  </>
);

/** What the app asks for besides the payment, after it: addresses, names, its own questions, and consent. */
export const ExtraFields = (props: Props) => {
  const { session, language, merchant, values, errors } = props;
  const { pay } = language.text;
  const full = session.billing_address_collection === "required";
  const saves = session.saved_payment_method_options?.payment_method_save === "enabled";
  return (
    <>
      {full || session.automatic_tax.enabled ? (
        <AddressFields
          kind="billing"
          legend={pay.billingAddress}
          brief={!full}
          language={language}
          values={values}
          errors={errors}
        />
      ) : null}
      <NameFields {...props} />
      <BusinessFields {...props} />
      <CustomFields {...props} />
      {saves ? <CheckField name="save" label={pay.save} checked={values.save === "yes"} /> : null}
      {session.consent_collection?.promotions === "auto" ? (
        <CheckField
          name="promotions"
          label={pay.promotions(merchant)}
          checked={values.promotions === "yes"}
        />
      ) : null}
      {session.consent_collection?.terms_of_service === "required" ? (
        <CheckField
          name="terms"
          label={session.custom_text.terms_of_service_acceptance?.message ?? pay.terms}
          checked={values.terms === "yes"}
          error={errors.terms}
        />
      ) : null}
    </>
  );
};
