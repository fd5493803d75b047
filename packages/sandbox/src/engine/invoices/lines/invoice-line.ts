import type { Context } from "../../world/context.js";
import type { InvoiceItem, InvoiceLine, Price, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";

type Period = { start: number; end: number };

/** What a credit gives back a part of: a line of an invoice, or an item that waits for one. */
export type CreditedItems = NonNullable<InvoiceItem["proration_details"]>["credited_items"];

/** A line that settles a part of a period; it goes on an invoice as an invoice item. */
export type Proration = InvoiceLine & {
  proration?: {
    credited: CreditedItems;
    /** The discounts that its amount already includes, and what each took off. */
    included: Array<{ amount: number; discount: string }>;
  };
};

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

export const productName = (world: World, price: Price): string =>
  world.products[price.product as string]?.name ?? "Product";

const parentOf = (item: SubscriptionItem, proration: boolean): InvoiceLine["parent"] => ({
  invoice_item_details: null,
  subscription_item_details: {
    invoice_item: null,
    proration,
    proration_details: { credited_items: null },
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
    // A part of a period has no price per unit.
    unit_amount_decimal: fields.proration
      ? null
      : fields.unitAmount === undefined
        ? item.price.unit_amount_decimal
        : fields.unitAmount,
  },
  quantity: fields.quantity,
  quantity_decimal: fields.quantityDecimal ?? String(fields.quantity),
  subscription: item.subscription,
  subtotal: fields.amount,
  taxes: [],
});
