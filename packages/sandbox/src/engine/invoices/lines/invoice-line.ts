import type { Context } from "../../world/context.js";
import type { InvoiceLine, Price, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";

type Period = { start: number; end: number };

export type LineFields = {
  amount: number;
  /** @default the price's own */
  currency?: string;
  description: string;
  period: Period;
  proration?: boolean;
  quantity: number;
  /** The exact quantity. @default the quantity */
  quantityDecimal?: string;
  /** As a decimal, null for a flat fee. @default the price's own */
  unitAmount?: string | null;
};

type Writer = (amount: number) => string;

const writerFor = (currency: string): Writer => {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  const unit = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  return (amount) => format.format(amount / unit);
};

/** By currency; made once, because making one costs more than a hundred uses. */
const writers = new Map<string, Writer>();

const _money = (amount: number, currency: string): string => {
  const write = writers.get(currency) ?? writerFor(currency);
  writers.set(currency, write);
  return write(amount);
};

export const productName = (world: World, price: Price): string =>
  world.products[price.product as string]?.name ?? "Product";

const _rhythm = (price: Price): string => {
  const { interval = "month", interval_count = 1 } = price.recurring ?? {};
  return interval_count === 1 ? interval : `${interval_count} ${interval}s`;
};

const parentOf = (item: SubscriptionItem, proration: boolean): InvoiceLine["parent"] => ({
  invoice_item_details: null,
  subscription_item_details: {
    invoice_item: null,
    proration,
    proration_details: proration ? { credited_items: null } : null,
    subscription: item.subscription,
    subscription_item: item.id,
  },
  type: "subscription_item_details",
});

/** A line for a subscription's item; `invoice` is filled in once it is on one. */
export const itemLine = (ctx: Context, item: SubscriptionItem, fields: LineFields): InvoiceLine => ({
  id: ctx.ids.id("il"),
  object: "line_item",
  amount: fields.amount,
  currency: fields.currency ?? item.price.currency,
  description: fields.description,
  discount_amounts: [],
  discountable: !fields.proration,
  discounts: fields.proration ? [] : ([...item.discounts] as string[]),
  invoice: null,
  livemode: false,
  metadata: {},
  parent: parentOf(item, fields.proration ?? false),
  period: fields.period,
  pretax_credit_amounts: [],
  pricing: {
    price_details: { price: item.price.id, product: item.price.product as string },
    type: "price_details",
    unit_amount_decimal: fields.unitAmount === undefined ? item.price.unit_amount_decimal : fields.unitAmount,
  },
  quantity: fields.quantity,
  quantity_decimal: fields.quantityDecimal ?? String(fields.quantity),
  subscription: item.subscription,
  subtotal: fields.amount,
  taxes: [],
});
