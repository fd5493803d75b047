import { checkCustomFields, checkLength } from "../world/check-limits.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Customer } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { CustomerFields } from "./write-customer.js";

/** In characters; https://docs.stripe.com/api/customers/create */
const lengths = { business_name: 150, email: 512, individual_name: 150, phone: 20 } as const;

const checkTexts = (fields: CustomerFields): void => {
  for (const [name, most] of Object.entries(lengths))
    checkLength(fields[name as keyof typeof lengths], most, name);
  if (fields.email && !/^[^\s@]+@[^\s@]+$/.test(fields.email))
    throw invalidRequest(`Invalid email address: ${fields.email}`, "email_invalid", "email");
  checkCustomFields(fields.invoice_settings?.custom_fields, "invoice_settings[custom_fields]");
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

/** Refuses what can't be written to a customer, existing or new. */
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
