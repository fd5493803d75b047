import type { PaymentMethod } from "../../engine/world/wire.js";
import type { Messages } from "../messages/en.js";

/** `Visa ending in 4242, expires 12/2030`. */
export function describeCard(method: PaymentMethod | null, { portal }: Messages): string {
  const card = method?.card;
  if (!card) return portal.card.none;
  const brand = card.display_brand ?? card.brand;
  const name = brand.charAt(0).toUpperCase() + brand.slice(1).replaceAll("_", " ");
  return portal.card.saved(name, card.last4, `${String(card.exp_month).padStart(2, "0")}/${card.exp_year}`);
}
