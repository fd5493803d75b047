import { sellOffSale } from "../../catalog/sell-off-sale.js";
import { readThreeDSecure } from "../../payments/three-d-secure.js";
import { type NewSubscription, openSubscription } from "../../subscriptions/opening/open-subscription.js";
import { taxesItself } from "../terms/checkout-rates.js";
import type { Desk } from "./identify-payer.js";

type Items = Pick<NewSubscription, "add_invoice_items" | "items">;

/** What recurs becomes the subscription's items; what is bought once goes on its first invoice. */
const itemsOf = ({ hidden }: Desk): Items => {
  const items: Items["items"] = [];
  const once: NonNullable<Items["add_invoice_items"]> = [];
  for (const { id, price, quantity, metadata } of hidden.lineItems) {
    if (!price || quantity === 0) continue;
    const rates = hidden.taxRates[id] ?? [];
    const item = {
      price: price.id,
      ...(quantity === null ? {} : { quantity }),
      ...(rates.length > 0 ? { tax_rates: rates } : {}),
    };
    if (price.recurring) items.push({ ...item, metadata: metadata ?? {} });
    else once.push(item);
  }
  return { items, ...(once.length > 0 ? { add_invoice_items: once } : {}) };
};

const discountsOf = ({ hidden }: Desk): Pick<NewSubscription, "discounts"> => {
  const { discount } = hidden;
  if (!discount) return {};
  return {
    discounts: [
      discount.promotion_code === null
        ? { coupon: discount.coupon }
        : { promotion_code: discount.promotion_code },
    ],
  };
};

/** What a session's subscription is made from. */
const subscriptionOf = (desk: Desk, customer: string, method: string | null): NewSubscription => {
  const { order } = desk.hidden;
  const { currency } = desk.session;
  return {
    ...order.subscription_data,
    ...itemsOf(desk),
    ...discountsOf(desk),
    customer,
    ...(currency === null ? {} : { currency }),
    ...(taxesItself(desk.hidden) ? { automatic_tax: { enabled: true } } : {}),
    ...(order.managed_payments?.enabled ? { managed: true } : {}),
    default_payment_method: method,
    payment_settings: {
      payment_method_options: {
        card: { request_three_d_secure: readThreeDSecure(order.payment_method_options) },
      },
      save_default_payment_method: "on_subscription",
    },
  };
};

/** Opens a session's subscription. */
export const openFromCheckout = (
  desk: Desk,
  customer: string,
  method: string | null,
): ReturnType<typeof openSubscription> => {
  const { world, ctx, hidden } = desk;
  return sellOffSale(world, hidden, () =>
    openSubscription(world, ctx, subscriptionOf(desk, customer, method)),
  );
};
