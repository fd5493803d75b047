import { type Context, seconds } from "../world/context.js";
import { change, emit } from "../world/emit.js";
import { need } from "../world/find.js";
import { atClock, atCustomer, checkClockHasRoom } from "../world/test-clock.js";
import type { Customer } from "../world/wire.js";
import type { World } from "../world/world.js";
import { checkCustomer } from "./check-customer.js";
import { setBalance } from "./customer-balance.js";
import { checkTaxId, giveTaxId, type NewTaxId } from "./give-tax-id.js";
import { type CustomerFields, writeCustomer, writeIpAddress } from "./write-customer.js";

export type { CustomerFields };

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

/** A living customer, or Stripe's refusal; a deleted one is missing wherever it is to be used. */
export const needCustomer = (world: World, id: string, param = "customer"): Customer => {
  const customer = need(world.customers, "customer", id, param);
  if (Object.hasOwn(world.deletedCustomers, id)) return need({}, "customer", id, param);
  return customer;
};

export type NewCustomer = CustomerFields & {
  test_clock?: string | null;
  /** The id of a payment method that will be attached at once, so that `invoice_settings` may name it. */
  attaching?: string | undefined;
  tax_id_data?: Pick<NewTaxId, "type" | "value">[];
};

/** Makes a customer at the time of its test clock. Throws before anything is done. */
export const createCustomer = (
  world: World,
  given: Context,
  { test_clock, attaching, tax_id_data = [], ...fields }: NewCustomer,
): Customer => {
  const clock = test_clock || null;
  if (clock !== null) checkClockHasRoom(world, clock);
  const { default_payment_method: chosen, ...settings } = fields.invoice_settings ?? {};
  const mine = attaching !== undefined && chosen === attaching;
  checkCustomer(world, mine ? { ...fields, invoice_settings: settings } : fields);
  for (const taxId of tax_id_data) checkTaxId(taxId, "tax_id_data");
  const ctx = atClock(world, given, clock);
  const customer = blank(ctx.ids.id("cus").replace("_1", "_").slice(0, 18), ctx);
  customer.test_clock = clock;
  writeCustomer(customer, fields);
  writeIpAddress(world, customer.id, fields.tax);
  setBalance(world, ctx, customer, fields.balance, "initial");
  world.customers[customer.id] = customer;
  emit(world, ctx, "customer.created", customer);
  for (const taxId of tax_id_data) giveTaxId(world, ctx, customer.id, taxId);
  return customer;
};

/** Changes a customer. Throws before anything is done. */
export const updateCustomer = (
  world: World,
  given: Context,
  id: string,
  fields: CustomerFields,
): Customer => {
  const customer = needCustomer(world, id, "id");
  checkCustomer(world, fields, id);
  writeIpAddress(world, id, fields.tax);
  const ctx = atCustomer(world, given, id);
  return change(world, ctx, "customer.updated", customer, (draft) => {
    writeCustomer(draft, fields);
    setBalance(world, ctx, draft, fields.balance, "adjustment");
  });
};
