import { amountFor } from "../../engine/catalog/price-amount.js";
import { limitsOf } from "../../engine/checkout/opening/adjust-checkout.js";
import type { LineItem } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { toInterval } from "../format/format-money.js";
import type { Language } from "../words/messages-for.js";

/** One row of the order. */
export interface OrderLine {
  readonly id: string;
  readonly name: string;
  readonly amount: string;
  /** Quantity, unit price and interval, where there is something to say. */
  readonly detail: string | undefined;
  /** How many the customer may take, and takes at present; absent when the app fixed the quantity. */
  readonly choice:
    | { readonly quantity: number; readonly minimum: number; readonly maximum: number }
    | undefined;
}

// A line under a trial totals nothing today; the order still says what it costs.
function fullAmount(world: World, line: LineItem): number {
  if (!line.price || line.price.recurring?.usage_type === "metered") return 0;
  return amountFor(world, line.price, line.quantity ?? 1, line.currency);
}

/** How often a line is billed, such as "per month"; undefined for one that is billed once. */
export function perOf(line: LineItem, { text }: Language): string | undefined {
  const recurring = line.price?.recurring;
  return recurring ? text.interval(toInterval(recurring.interval), recurring.interval_count) : undefined;
}

/** `adjustable` is false once an attempt to pay has fixed the order; `mixed` when some lines recur and some don't. */
export function describeLine(
  world: World,
  line: LineItem,
  language: Language,
  { adjustable, mixed }: { adjustable: boolean; mixed: boolean },
): OrderLine {
  const { text, money } = language;
  const quantity = line.quantity ?? 1;
  const per = perOf(line, language);
  const unit = line.price?.unit_amount;
  const parts: string[] = [];
  if (quantity > 1 && typeof unit === "number" && fullAmount(world, line) === unit * quantity)
    parts.push(`${quantity} × ${money(unit, line.currency)}`);
  else if (quantity > 1) parts.push(`× ${quantity}`);
  if (per)
    parts.push(
      line.price?.recurring?.usage_type === "metered" ? text.order.usage(per) : text.order.billed(per),
    );
  else if (mixed) parts.push(text.order.once);
  return {
    id: line.id,
    name: line.description ?? "",
    amount: money(fullAmount(world, line), line.currency),
    detail: parts.length > 0 ? parts.join(" · ") : undefined,
    choice: adjustable && line.adjustable_quantity?.enabled ? { quantity, ...limitsOf(line) } : undefined,
  };
}
