import type Stripe from "stripe";
import { checkDiscounts, setDiscounts } from "../../discounts/set-discounts.js";
import { type Context, seconds } from "../../world/context.js";
import { find, need } from "../../world/find.js";
import { invalidRequest, missing } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Customer, Given, Invoice, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { createInvoice, draftEnd } from "./invoice.js";
import { detailsOf } from "./invoice-details.js";
import { checkDueDate, dueDateOf } from "./invoice-due-date.js";
import { reviseInvoice } from "./revise-invoice.js";

export type NewDraft = Omit<
  Given<Stripe.InvoiceCreateParams>,
  "expand" | "on_behalf_of" | "shipping_cost" | "transfer_data"
>;

const subscriptionFor = (world: World, id: string | undefined, customer: Customer): Subscription | null => {
  if (id === undefined) return null;
  const subscription = need<Subscription>(world.subscriptions, "subscription", id, "subscription");
  if (subscription.customer !== customer.id)
    throw invalidRequest(
      `Customer ${customer.id} does not have a subscription with ID ${id}`,
      "resource_missing",
      "subscription",
    );
  return subscription;
};

const currencyOf = (
  world: World,
  fields: NewDraft,
  customer: Customer,
  subscription: Subscription | null,
) => {
  if (fields.currency !== undefined) return fields.currency.toLowerCase();
  if (subscription) return subscription.currency;
  const waiting =
    fields.pending_invoice_items_behavior === "include"
      ? Object.values(world.invoiceItems).find(
          (item) => item.customer === customer.id && item.invoice === null,
        )
      : undefined;
  return customer.currency ?? waiting?.currency ?? String(world.account.default_currency);
};

/** Here a customer who is not there is a 400, as whatever else a body names. */
const payerOf = (world: World, id: string): Customer => {
  const customer = Object.hasOwn(world.deletedCustomers, id) ? undefined : find(world.customers, id);
  if (!customer) throw missing("customer", id, "customer", 400);
  return customer;
};

/** Creates a draft by hand. */
export const draftInvoice = (world: World, ctx: Context, fields: NewDraft): Invoice => {
  if (fields.from_invoice) return reviseInvoice(world, ctx, fields.from_invoice.invoice);
  if (fields.customer === undefined)
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  const customer = payerOf(world, fields.customer);
  const subscription = subscriptionFor(world, fields.subscription, customer);
  const at = atCustomer(world, ctx, customer.id);
  const collection = fields.collection_method ?? "charge_automatically";
  checkDueDate(collection, fields, { needsDate: true });
  const details = detailsOf(world, customer, fields);
  const due_date = dueDateOf(at, seconds(at), fields);
  const currency = currencyOf(world, fields, customer, subscription);
  const takesPending = fields.pending_invoice_items_behavior ?? (subscription ? "include" : "exclude");
  const now = seconds(at);
  const wanted = fields.automatically_finalizes_at;
  if (wanted !== undefined && wanted <= now)
    throw invalidRequest(
      "Invalid timestamp: must be an integer Unix timestamp in the future.",
      undefined,
      "automatically_finalizes_at",
    );
  const purchase = { customer: customer.id, currency, amount: null, held: [] };
  checkDiscounts(world, at, purchase, fields.discounts);
  const advances = fields.auto_advance ?? wanted !== undefined;
  const invoice = createInvoice(world, at, {
    customer,
    subscription,
    currency,
    lines: [],
    reason: "manual",
    period: { start: now, end: now },
    finalizesAt: advances ? (wanted ?? draftEnd(world, at)) : null,
    takesPending: takesPending === "include",
    prepare: (draft) => {
      if (fields.discounts !== undefined)
        setDiscounts(world, at, { ...purchase, object: draft }, fields.discounts);
    },
    details: { ...details, collection_method: collection, due_date },
  });
  const payer = find(world.customers, customer.id);
  if (payer) payer.currency ??= invoice.currency;
  return invoice;
};
