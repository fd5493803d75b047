import type Stripe from "stripe";
import { needCustomer } from "../../customers/customer.js";
import { checkDiscounts, setDiscounts } from "../../discounts/set-discounts.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find, need } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, Invoice, InvoiceItem, TaxRate } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { costOf } from "../lines/item-cost.js";
import type { ItemPricing } from "../lines/item-pricing.js";
import { lineOfItem } from "../lines/line-of-item.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";

export type NewInvoiceItem = Omit<Given<Stripe.InvoiceItemCreateParams>, "expand" | "price_data"> & {
  price_data?: ItemPricing["price_data"];
};

/** The tax rates that a request names, or Stripe's refusal. */
export const taxRatesNamed = (
  world: World,
  ids: string[] | null | undefined,
  param = "tax_rates",
): TaxRate[] =>
  (ids ?? []).map((id, index) => need<TaxRate>(world.taxRates, "tax rate", id, `${param}[${index}]`));

const draftFor = (world: World, id: string, customer: string | undefined): Invoice => {
  const invoice = need<Invoice>(world.invoices, "invoice", id, "invoice");
  if (invoice.status !== "draft")
    throw invalidRequest("This invoice is no longer editable", "invoice_not_editable", "invoice");
  if (customer !== undefined && invoice.customer !== customer)
    throw invalidRequest(
      `The invoice ${id} belongs to another customer than ${customer}.`,
      undefined,
      "invoice",
    );
  return invoice;
};

/** "up to 250 items per invoice": https://docs.stripe.com/api/invoiceitems/create */
const mostLines = 250;

/** Refuses more lines than an invoice may have. */
export const checkLineRoom = (invoice: Invoice | undefined, more = 1): void => {
  if (invoice && invoice.lines.data.length + more > mostLines)
    throw invalidRequest(`An invoice can have at most ${mostLines} line items.`, undefined, "invoice");
};

const checkPeriod = (period: { start: number; end: number } | undefined): void => {
  if (period && period.end < period.start)
    throw invalidRequest("The end of the period must not be before its start.", undefined, "period[end]");
};

/** Whom an item is for: named outright, or through its invoice. */
const payerOf = (world: World, fields: NewInvoiceItem, invoice: Invoice | undefined): string => {
  const id = fields.customer ?? (invoice?.customer as string | undefined);
  if (id === undefined)
    throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
  return needCustomer(world, id).id;
};

const subscriptionFor = (world: World, id: string | undefined, customer: string): string | undefined => {
  if (id === undefined) return undefined;
  const subscription = need(world.subscriptions, "subscription", id, "subscription");
  if (subscription.customer !== customer)
    throw invalidRequest(
      `Customer ${customer} does not have a subscription with ID ${id}`,
      "resource_missing",
      "subscription",
    );
  return subscription.id;
};

/** Notes whether the amount contains its tax; nothing shows it. */
export const sayBehavior = (world: World, { id }: InvoiceItem, given: string | undefined): void => {
  if (given === "exclusive" || given === "inclusive") world.hidden.taxBehaviorOfItem[id] = given;
};

/** Adds something to a draft, or to the customer's next invoice. */
export const createInvoiceItem = (world: World, ctx: Context, fields: NewInvoiceItem): InvoiceItem => {
  const invoice = fields.invoice === undefined ? undefined : draftFor(world, fields.invoice, fields.customer);
  const customer = payerOf(world, fields, invoice);
  const subscription = subscriptionFor(world, fields.subscription, customer);
  const rates = taxRatesNamed(world, fields.tax_rates);
  checkPeriod(fields.period);
  checkLineRoom(invoice);
  const expected = invoice?.currency ?? find(world.subscriptions, subscription)?.currency ?? null;
  const cost = costOf(world, fields, expected ?? find(world.customers, customer)?.currency ?? null);
  if (expected !== null && cost.currency !== expected)
    throw invalidRequest(`The currency must be ${expected}, as on the invoice.`, undefined, "currency");
  const at = atCustomer(world, ctx, customer);
  const now = seconds(at);
  const held = (invoice?.discounts ?? []) as string[];
  checkDiscounts(
    world,
    at,
    { customer, currency: cost.currency, amount: cost.amount, held },
    fields.discounts,
  );
  const item: InvoiceItem = {
    id: at.ids.id("ii"),
    object: "invoiceitem",
    amount: cost.amount,
    currency: cost.currency,
    customer,
    customer_account: null,
    date: now,
    description: cost.description,
    discountable: fields.discountable ?? cost.amount >= 0,
    discounts: [],
    frozen_fields: [],
    invoice: invoice?.id ?? null,
    invoicing_rules: [],
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata),
    parent:
      subscription === undefined
        ? null
        : { subscription_details: { subscription }, type: "subscription_details" },
    period: fields.period ? { ...fields.period } : { start: now, end: now },
    pricing: cost.pricing(at),
    proration: false,
    quantity: cost.quantity,
    quantity_decimal: cost.quantityDecimal,
    tax_rates: structuredClone(rates),
    test_clock: find(world.customers, customer)?.test_clock ?? null,
  };
  world.invoiceItems[item.id] = item;
  sayBehavior(world, item, fields.tax_behavior);
  if (fields.discounts)
    setDiscounts(
      world,
      at,
      { object: item, customer, currency: item.currency, amount: item.amount, held },
      fields.discounts,
    );
  emit(world, at, "invoiceitem.created", item);
  if (invoice) putOnInvoice(world, at, invoice, item);
  return item;
};

/** Adds an item's line to a draft. Stripe lists the newest first. */
export const putOnInvoice = (world: World, ctx: Context, invoice: Invoice, item: InvoiceItem): void => {
  item.invoice = invoice.id;
  const line = lineOfItem(ctx, item);
  if (item.tax_rates && item.tax_rates.length > 0)
    world.hidden.taxRatesOfLine[line.id] = item.tax_rates.map((rate) => rate.id);
  invoice.lines.data.unshift(line);
  recomputeInvoice(world, invoice);
};
