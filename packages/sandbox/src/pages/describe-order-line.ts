import type { LineItem } from "../engine/wire.js";
import { formatInterval, formatMoney, toInterval } from "./format-money.js";

/** One row of the order. */
export interface OrderLine {
  readonly name: string;
  readonly amount: string;
  /** Quantity, unit price and interval, where there is something to say. */
  readonly detail: string | undefined;
}

export function describeLine(line: LineItem): OrderLine {
  const recurring = line.price?.recurring;
  const quantity = line.quantity ?? 1;
  const unit = line.price?.unit_amount;
  const parts: string[] = [];
  if (quantity > 1 && typeof unit === "number")
    parts.push(`${quantity} × ${formatMoney(unit, line.currency)}`);
  if (recurring)
    parts.push(`Billed ${formatInterval(toInterval(recurring.interval), recurring.interval_count)}`);
  return {
    name: line.description ?? "Item",
    amount: formatMoney(fullAmount(line), line.currency),
    detail: parts.length > 0 ? parts.join(", ").replace(/, B/, ", b") : undefined,
  };
}

// A line under a trial totals nothing today; the order still says what it costs.
export function fullAmount(line: LineItem): number {
  const unit = line.price?.unit_amount;
  return typeof unit === "number" ? unit * (line.quantity ?? 1) : line.amount_total;
}
