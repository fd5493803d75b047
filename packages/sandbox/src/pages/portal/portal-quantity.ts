import type { PortalView } from "../../engine/portal/portal.js";
import type { Price } from "../../engine/world/wire.js";

/** How many of a price a customer may choose; undefined if the portal lets them choose nothing. */
export type QuantityRange = { min: number; max: number | undefined };

/** What the portal's configuration says about a price's quantity. */
export function quantityRange(
  { configuration }: Pick<PortalView, "configuration">,
  price: Price,
): QuantityRange | undefined {
  const { default_allowed_updates: allowed, products, enabled } = configuration.features.subscription_update;
  if (!enabled || !allowed.includes("quantity") || price.recurring?.usage_type === "metered")
    return undefined;
  const range = products?.find(({ prices }) => prices.includes(price.id))?.adjustable_quantity;
  return range?.enabled ? { min: range.minimum, max: range.maximum ?? undefined } : undefined;
}

/** A quantity that a form or an address names, within what may be chosen; undefined for anything else. */
export function chosenQuantity(
  text: string | undefined,
  range: QuantityRange | undefined,
): number | undefined {
  if (!range || !text || !/^\d{1,6}$/.test(text)) return undefined;
  const wanted = Number(text);
  return wanted >= range.min && wanted <= (range.max ?? Number.POSITIVE_INFINITY) ? wanted : undefined;
}

/** The present quantity, or the nearest one that may be chosen; as it is where nothing may be chosen. */
export function withinRange(
  quantity: number | undefined,
  range: QuantityRange | undefined,
): number | undefined {
  if (quantity === undefined || !range) return quantity;
  return Math.max(range.min, Math.min(quantity, range.max ?? quantity));
}
