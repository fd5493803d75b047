import { type Answer, type Ask, at } from "./ask.js";

/** How code for a version of the API says and reads what later versions moved. */
export type Habits = {
  /** What a new subscription is asked for, to pay its first invoice. */
  expand: string;
  intent: string;
  discounted(coupon: string): object;
  periodEnd: string;
  periodStart: string;
  /** Of an invoice. */
  subscription: string;
  price: string;
  preview(
    ask: Ask,
    change: { subscription: string; item: string; price: string; at: number },
  ): Promise<Answer>;
};

const items = (item: string, price: string) => [{ id: item, price }];

/** Until basil: SDK 14 to 17. */
const acacia: Habits = {
  expand: "latest_invoice.payment_intent",
  intent: "latest_invoice.payment_intent.id",
  discounted: (coupon) => ({ coupon }),
  periodEnd: "current_period_end",
  periodStart: "current_period_start",
  subscription: "subscription",
  price: "price.id",
  preview: (ask, { subscription, item, price, at: time }) =>
    ask("invoices.retrieveUpcoming", {
      subscription,
      subscription_items: items(item, price),
      subscription_proration_date: time,
    }),
};

/** From basil on: SDK 18 to 22. */
const basil: Habits = {
  expand: "latest_invoice.payments",
  intent: "latest_invoice.payments.data.0.payment.payment_intent",
  discounted: (coupon) => ({ discounts: [{ coupon }] }),
  periodEnd: "items.data.0.current_period_end",
  periodStart: "items.data.0.current_period_start",
  subscription: "parent.subscription_details.subscription",
  price: "pricing.price_details.price",
  preview: (ask, { subscription, item, price, at: time }) =>
    ask("invoices.createPreview", {
      subscription,
      subscription_details: { items: items(item, price), proration_date: time },
    }),
};

export const habitsOf = (version: string): Habits => (version < "2025-03-31" ? acacia : basil);

/** How a checkout is embedded: the word changed in dahlia. */
export const embedded = (version: string): string => (version < "2026-03-25" ? "embedded" : "embedded_page");

/** The coupon of an expanded discount. */
export const couponOf = (version: string, discount: unknown): unknown =>
  at(discount, version < "2025-09-30" ? "coupon.id" : "source.coupon");
