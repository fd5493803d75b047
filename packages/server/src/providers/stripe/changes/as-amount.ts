import type Stripe from "stripe";
import { idOf } from "../language/id-of.js";

/** A price, as a request names one. */
export type GivenPrice = Pick<
  NonNullable<Stripe.InvoiceCreatePreviewParams.SubscriptionDetails["items"]>[number],
  "price" | "price_data"
>;

/**
 * An old price that they keep, and that was archived since, as what it costs: what is not a line of a subscription yet takes
 * active prices only. One of tiers or packages can't be given that way (https://docs.stripe.com/api/invoices/create_preview).
 */
export function asAmount({ items, currency }: Stripe.Subscription, price: string): GivenPrice {
  const held = items.data.find((one) => one.price.id === price)?.price;
  const isPlain = held?.billing_scheme === "per_unit" && held.transform_quantity === null;
  if (!isPlain || held.currency !== currency) return { price };
  const { recurring, unit_amount, product, tax_behavior } = held;
  if (recurring === null || unit_amount === null) return { price };
  const { interval, interval_count } = recurring;
  const price_data = {
    currency,
    product: idOf(product),
    recurring: { interval, interval_count },
    unit_amount,
  };
  return { price_data: { ...price_data, ...(tax_behavior && { tax_behavior }) } };
}
