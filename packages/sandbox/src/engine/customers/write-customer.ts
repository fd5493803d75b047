import type Stripe from "stripe";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import type { Customer, Given } from "../world/wire.js";
import type { World } from "../world/world.js";

type Params = Given<Stripe.CustomerUpdateParams>;
type Written =
  | "business_name"
  | "default_source"
  | "description"
  | "email"
  | "individual_name"
  | "invoice_prefix"
  | "name"
  | "next_invoice_sequence"
  | "phone"
  | "preferred_locales"
  | "tax"
  | "tax_exempt";

type Address = NonNullable<Customer["address"]>;
type AddressFields = { [K in keyof Address]?: string | null };

/** What may be written to a customer; null or an empty text clears. */
export type CustomerFields = { [K in Written]?: Params[K] | null } & {
  address?: AddressFields | null;
  shipping?: { address: AddressFields; name: string; phone?: string | null } | null;
  invoice_settings?: {
    [K in keyof NonNullable<Params["invoice_settings"]>]?: NonNullable<Params["invoice_settings"]>[K] | null;
  };
  /** What is on the customer's balance, in minor units; written by `setBalance`. */
  balance?: number;
  metadata?: MetadataChange;
};

/** An address with every part, given or not. */
export const addressOf = (given: AddressFields): Address => {
  const part = (name: keyof Address): string | null => given[name] || null;
  return {
    city: part("city"),
    country: part("country"),
    line1: part("line1"),
    line2: part("line2"),
    postal_code: part("postal_code"),
    state: part("state"),
  };
};

const writeInvoiceSettings = (
  settings: Customer["invoice_settings"],
  given: NonNullable<CustomerFields["invoice_settings"]>,
): void => {
  const { custom_fields, default_payment_method, footer, rendering_options } = given;
  if (custom_fields !== undefined) settings.custom_fields = custom_fields?.length ? custom_fields : null;
  if (default_payment_method !== undefined) settings.default_payment_method = default_payment_method || null;
  if (footer !== undefined) settings.footer = footer || null;
  if (rendering_options !== undefined)
    settings.rendering_options = rendering_options && {
      amount_tax_display: rendering_options.amount_tax_display ?? null,
      template: rendering_options.template ?? null,
    };
};

const writeNames = (customer: Customer, fields: CustomerFields): void => {
  for (const key of ["email", "name", "phone", "description"] as const) {
    const value = fields[key];
    if (value !== undefined) customer[key] = value || null;
  }
  for (const key of ["business_name", "individual_name"] as const) {
    const value = fields[key];
    if (value) customer[key] = value;
    else if (value !== undefined) delete customer[key];
  }
};

/** Writes what was checked by `checkCustomer`. */
export const writeCustomer = (customer: Customer, fields: CustomerFields): void => {
  writeNames(customer, fields);
  const { address, shipping } = fields;
  if (address !== undefined) customer.address = address && addressOf(address);
  if (shipping !== undefined)
    customer.shipping = shipping && {
      address: addressOf(shipping.address),
      name: shipping.name,
      phone: shipping.phone || null,
    };
  if (fields.tax_exempt !== undefined) customer.tax_exempt = fields.tax_exempt ?? "none";
  if (fields.default_source) customer.default_source = fields.default_source;
  if (fields.preferred_locales !== undefined) customer.preferred_locales = fields.preferred_locales ?? [];
  if (fields.invoice_prefix) customer.invoice_prefix = fields.invoice_prefix;
  if (fields.next_invoice_sequence) customer.next_invoice_sequence = fields.next_invoice_sequence;
  if (fields.invoice_settings) writeInvoiceSettings(customer.invoice_settings, fields.invoice_settings);
  customer.metadata = mergeMetadata(customer.metadata, fields.metadata);
};

/** Notes the customer's IP address, which Stripe shows only within `tax`. */
export const writeIpAddress = (world: World, id: string, tax: CustomerFields["tax"]): void => {
  const address = tax?.ip_address;
  if (address) world.hidden.customerIps[id] = address;
  else if (address !== undefined) delete world.hidden.customerIps[id];
};
