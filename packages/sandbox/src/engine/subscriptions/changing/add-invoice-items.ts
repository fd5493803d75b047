import { takePrice } from "../../catalog/choose-price.js";
import { amountFor } from "../../catalog/price-amount.js";
import { setDiscounts } from "../../discounts/set-discounts.js";
import { productName } from "../../invoices/lines/invoice-line.js";
import { needTaxRates } from "../../tax/need-tax-rates.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { mergeMetadata } from "../../world/metadata.js";
import type { InvoiceItem, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { NewSubscription } from "../terms/new-subscription.js";

type Added = NonNullable<NewSubscription["add_invoice_items"]>[number];

const periodOf = (ctx: Context, subscription: Subscription, period: Added["period"]) => {
  const now = seconds(ctx);
  const starts = subscription.items.data.map((item) => item.current_period_start);
  const ends = subscription.items.data.map((item) => item.current_period_end);
  const start = {
    max_item_period_start: Math.max(...starts),
    now,
    timestamp: period?.start.timestamp ?? now,
  }[period?.start.type ?? "now"];
  const end = {
    min_item_period_end: Math.min(...ends),
    timestamp: period?.end.timestamp ?? now,
  }[period?.end.type ?? "min_item_period_end"];
  return period ? { start, end } : { start: now, end: now };
};

const add = (world: World, ctx: Context, subscription: Subscription, given: Added): void => {
  const price = takePrice(world, ctx, given);
  if (!price) return;
  const { quantity = 1 } = given;
  const { id, customer, currency } = subscription;
  const amount = amountFor(world, price, quantity, currency);
  const item: InvoiceItem = {
    id: ctx.ids.id("ii"),
    object: "invoiceitem",
    amount,
    currency,
    customer: customer as string,
    customer_account: null,
    date: seconds(ctx),
    description: productName(world, price),
    discountable: given.discountable ?? true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    parent: { subscription_details: { subscription: id }, type: "subscription_details" },
    period: periodOf(ctx, subscription, given.period),
    pricing: {
      price_details: { price: price.id, product: price.product as string },
      type: "price_details",
      unit_amount_decimal: price.unit_amount_decimal,
    },
    proration: false,
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: needTaxRates(world, given.tax_rates, "tax_rates"),
    test_clock: subscription.test_clock,
  };
  world.invoiceItems[item.id] = item;
  setDiscounts(world, ctx, { object: item, customer: customer as string, currency }, given.discounts);
  emit(world, ctx, "invoiceitem.created", item);
};

/** Keeps what is bought once, along with a subscription, for its next invoice. */
export const addInvoiceItems = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  items: NewSubscription["add_invoice_items"],
): void => {
  for (const item of items ?? []) add(world, ctx, subscription, item);
};
