import type { HiddenCheckout } from "../../engine/checkout/terms/checkout-order.js";
import type { CheckoutSession } from "../../engine/world/wire.js";
import type { Language } from "../words/messages-for.js";

/** One row between the lines and what is due. */
export interface TotalRow {
  readonly label: string;
  readonly amount: string;
}

/** Subtotal, discount, shipping and tax; nothing if the lines alone make the total. */
export function describeTotals(
  session: CheckoutSession,
  intent: HiddenCheckout,
  { text, money }: Language,
): TotalRow[] {
  const details = session.total_details;
  if (!details) return [];
  const write = (amount: number) => money(amount, session.currency ?? "usd");
  const { amount_discount: discount, amount_shipping: shipping, amount_tax: tax } = details;
  const added = (session.amount_total ?? 0) - (session.amount_subtotal ?? 0) + discount - (shipping ?? 0);
  const rows: TotalRow[] = [];
  if (discount > 0 || intent.discount) rows.push({ label: text.order.discount, amount: write(-discount) });
  if (session.shipping_cost)
    rows.push({ label: text.order.shipping, amount: shipping ? write(shipping) : text.order.free });
  if (tax > 0) rows.push({ label: added > 0 ? text.order.tax : text.order.taxIncluded, amount: write(tax) });
  if (rows.length === 0) return [];
  return [{ label: text.order.subtotal, amount: write(session.amount_subtotal ?? 0) }, ...rows];
}
