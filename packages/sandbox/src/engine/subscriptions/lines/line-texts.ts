import { discountTermsOf } from "../../discounts/discount.js";
import { productName } from "../../invoices/lines/invoice-line.js";
import { writeMoney } from "../../money/currency.js";
import type { Price, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Such as "05 Sep 2026", in UTC. Stripe's months have three letters, while Node's English "Sept" has four. */
export const shortDate = (time: number): string => {
  const date = new Date(time * 1000);
  const day = String(date.getUTCDate()).padStart(2, "0");
  return `${day} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

/** Such as "Pro" or "2 × Pro". */
export const namedQuantity = (world: World, price: Price, quantity: number): string =>
  quantity === 1 ? productName(world, price) : `${quantity} × ${productName(world, price)}`;

/** What a trial's line says; classic billing mode has its own words. */
export const trialText = (world: World, { billing_mode }: Subscription, item: SubscriptionItem): string => {
  const name = productName(world, item.price);
  return billing_mode.type === "flexible"
    ? `Free trial for ${item.quantity ?? 1} × ${name}`
    : `Trial period for ${name}`;
};

/** " (with 10.0% off)" or " (with $5.00 off)" for the one discount that an amount includes; nothing for several. */
export const discountText = (
  world: World,
  included: ReadonlyArray<{ discount: string }>,
  currency: string,
): string => {
  const [one, ...others] = included;
  if (one === undefined || others.length > 0) return "";
  const { percent, amount } = discountTermsOf(world, one.discount, currency);
  if (percent !== null) return ` (with ${Number.isInteger(percent) ? percent.toFixed(1) : percent}% off)`;
  return amount ? ` (with ${writeMoney(String(amount), currency)} off)` : "";
};
