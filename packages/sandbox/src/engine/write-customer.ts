import type Stripe from "stripe";
import { find, need } from "./find.js";
import { type MetadataChange, mergeMetadata } from "./metadata.js";
import { invalidRequest } from "./stripe-error.js";
import type { Customer, Given } from "./wire.js";
import type { World } from "./world.js";

type Params = Given<Stripe.CustomerUpdateParams>;
type Written =
  | "business_name"
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

/** What may be written of a customer; null or an empty text clears. */
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

const tooLong = (param: string, most: number) =>
  invalidRequest(`Invalid string: must be at most ${most} characters`, undefined, param);

/** In characters; https://docs.stripe.com/api/customers/create */
const lengths = { business_name: 150, email: 512, individual_name: 150, phone: 20 } as const;

const checkTexts = (fields: CustomerFields): void => {
  for (const [name, most] of Object.entries(lengths)) {
    const value = fields[name as keyof typeof lengths];
    if (value && value.length > most) throw tooLong(name, most);
  }
  if (fields.email && !/^[^\s@]+@[^\s@]+$/.test(fields.email))
    throw invalidRequest(`Invalid email address: ${fields.email}`, "email_invalid", "email");
  const custom = fields.invoice_settings?.custom_fields ?? [];
  if (custom.length > 4)
    throw invalidRequest("Array must have at most 4 elements", undefined, "invoice_settings[custom_fields]");
  for (const [index, { name, value }] of custom.entries()) {
    const param = `invoice_settings[custom_fields][${index}]`;
    if (name.length > 40) throw tooLong(`${param}[name]`, 40);
    if (value.length > 140) throw tooLong(`${param}[value]`, 140);
  }
};

const checkPrefix = (world: World, prefix: string | null | undefined, id?: string): void => {
  if (!prefix) return;
  if (!/^[A-Z0-9]{1,12}$/.test(prefix))
    throw invalidRequest(
      "Invalid invoice_prefix: must be 1 to 12 uppercase letters or numbers",
      undefined,
      "invoice_prefix",
    );
  if (Object.values(world.customers).some((other) => other.invoice_prefix === prefix && other.id !== id))
    throw invalidRequest(
      `The invoice prefix ${prefix} is already used by another customer.`,
      undefined,
      "invoice_prefix",
    );
};

const checkLocation = (fields: CustomerFields, known: Customer | undefined): void => {
  if (fields.tax?.validate_location !== "immediately") return;
  const address = fields.address === undefined ? known?.address : fields.address;
  const shipping = fields.shipping === undefined ? known?.shipping : fields.shipping;
  if (address?.country || shipping?.address?.country) return;
  throw invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    "customer_tax_location_invalid",
    "address",
  );
};

const checkDefaultMethod = (world: World, method: string, id: string | undefined): void => {
  const param = "invoice_settings[default_payment_method]";
  const owner = need(world.paymentMethods, "PaymentMethod", method, param).customer;
  if (owner === null || owner !== id)
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${method}. ` +
        "The payment method must be attached to the customer.",
      "resource_missing",
      param,
    );
};

/** Refuses what can't be written of a customer, or of one in the making. */
export const checkCustomer = (world: World, fields: CustomerFields, id?: string): void => {
  checkTexts(fields);
  checkPrefix(world, fields.invoice_prefix, id);
  const known = find<Customer>(world.customers, id);
  checkLocation(fields, known);
  const method = fields.invoice_settings?.default_payment_method;
  if (method) checkDefaultMethod(world, method, id);
  if (
    known &&
    fields.next_invoice_sequence &&
    fields.next_invoice_sequence < (known.next_invoice_sequence ?? 1)
  )
    throw invalidRequest(
      `The next invoice sequence must be at least ${known.next_invoice_sequence}.`,
      undefined,
      "next_invoice_sequence",
    );
};
