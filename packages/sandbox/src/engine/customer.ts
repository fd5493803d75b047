import { type Context, seconds } from "./context.js";
import { change, emit } from "./emit.js";
import { need } from "./find.js";
import { type MetadataChange, mergeMetadata } from "./metadata.js";
import { invalidRequest } from "./stripe-error.js";
import { atClock, checkClockHasRoom } from "./test-clock.js";
import type { Customer } from "./wire.js";
import type { World } from "./world.js";

type Address = {
  city?: string | null;
  country?: string | null;
  line1?: string | null;
  line2?: string | null;
  postal_code?: string | null;
  state?: string | null;
};

export type CustomerFields = {
  email?: string | null;
  name?: string | null;
  phone?: string | null;
  description?: string | null;
  metadata?: MetadataChange;
  address?: Address | null;
  preferred_locales?: string[];
  invoice_settings?: { default_payment_method?: string | null };
};

const blank = (id: string, ctx: Context): Customer => ({
  id,
  object: "customer",
  address: null,
  balance: 0,
  created: seconds(ctx),
  currency: null,
  customer_account: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: null,
  invoice_prefix: ctx.ids.secret(8).toUpperCase(),
  invoice_settings: {
    custom_fields: null,
    default_payment_method: null,
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: {},
  name: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: "none",
  test_clock: null,
});

const addressOf = (address: Address): NonNullable<Customer["address"]> => ({
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
  ...address,
});

const write = (customer: Customer, fields: CustomerFields): void => {
  for (const key of ["email", "name", "phone", "description"] as const) {
    const value = fields[key];
    if (value !== undefined) customer[key] = value;
  }
  if (fields.preferred_locales) customer.preferred_locales = fields.preferred_locales;
  if (fields.address !== undefined) customer.address = fields.address ? addressOf(fields.address) : null;
  const chosen = fields.invoice_settings?.default_payment_method;
  if (chosen !== undefined) customer.invoice_settings.default_payment_method = chosen;
  customer.metadata = mergeMetadata(customer.metadata, fields.metadata);
};

/** A living customer, or Stripe's refusal; a deleted one is missing wherever it is to be used. */
export const needCustomer = (world: World, id: string, param = "customer"): Customer => {
  const customer = need(world.customers, "customer", id, param);
  if (Object.hasOwn(world.deletedCustomers, id)) return need({}, "customer", id, param);
  return customer;
};

/** Refuses an address that is no address, as Stripe does. */
const checkEmail = (email: string | null | undefined): void => {
  if (email && !/^[^\s@]+@[^\s@]+$/.test(email))
    throw invalidRequest(`Invalid email address: ${email}`, "email_invalid", "email");
};

export const createCustomer = (
  world: World,
  ctx: Context,
  fields: CustomerFields & { test_clock?: string | null },
): Customer => {
  checkEmail(fields.email);
  const clock = fields.test_clock || null;
  if (clock !== null) checkClockHasRoom(world, clock);
  const frozen = atClock(world, ctx, clock);
  const customer = blank(ctx.ids.id("cus").replace("_1", "_").slice(0, 18), frozen);
  customer.test_clock = clock;
  write(customer, fields);
  world.customers[customer.id] = customer;
  emit(world, frozen, "customer.created", customer);
  return customer;
};

export const updateCustomer = (world: World, ctx: Context, id: string, fields: CustomerFields): Customer => {
  const customer = needCustomer(world, id, "id");
  checkEmail(fields.email);
  const method = fields.invoice_settings?.default_payment_method;
  if (method) {
    const param = "invoice_settings[default_payment_method]";
    const owner = need(world.paymentMethods, "PaymentMethod", method, param).customer;
    if (owner !== id)
      throw invalidRequest(
        "The customer does not have a payment method with the ID " +
          `${method}. The payment method must be attached to the customer.`,
        "resource_missing",
        param,
      );
  }
  return change(world, ctx, "customer.updated", customer, (draft) => write(draft, fields));
};
