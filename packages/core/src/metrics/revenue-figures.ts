import { revenueParts } from "../history/recurring-revenue.js";
import type { MovementKind, MovementSum } from "../ports/store/history.js";
import type { CustomerFigures, RevenueFigures } from "./metrics-report.js";

const kinds = [
  "new",
  "reactivation",
  "expansion",
  "contraction",
  "churn",
] as const satisfies readonly MovementKind[];

/** What a span begins with, in parts of a minor unit, and how many pay. */
export interface Standing {
  readonly mrr: number;
  readonly customers: number;
}

/**
 * Movements in minor units. Each is rounded, and so are the two ends; what the rounding leaves over goes to the largest
 * movement, so that they add up.
 */
export function revenueFigures(start: number, movements: readonly MovementSum[]): RevenueFigures {
  const exact = kinds.map((kind) => deltaOf(movements.filter((one) => one.kind === kind)));
  const [from, to] = [toMinor(start), toMinor(start + deltaOf(movements))];
  const rounded = exact.map(toMinor);
  const left = to - from - rounded.reduce((sum, one) => sum + one, 0);
  const sizes = exact.map(Math.abs);
  const largest = sizes.indexOf(Math.max(...sizes));
  const [started = 0, again = 0, more = 0, less = 0, lost = 0] = rounded.map((one, index) =>
    index === largest ? one + left : one,
  );
  return {
    ...{ start: from, new: started, reactivation: again, expansion: more },
    ...{ contraction: toPositive(less), churn: toPositive(lost), end: to },
  };
}

export function customerFigures(start: number, movements: readonly MovementSum[]): CustomerFigures {
  const countOf = (kind: MovementKind) => movements.filter((one) => one.kind === kind);
  const [begun, again] = [sum(countOf("new")), sum(countOf("reactivation"))];
  const involuntary = sum(countOf("churn").filter(({ ending }) => ending === "involuntary"));
  const voluntary = sum(countOf("churn")) - involuntary;
  const end = start + begun + again - voluntary - involuntary;
  return { start, new: begun, reactivated: again, churned: { voluntary, involuntary }, end };
}

/** Where a span ends that begins so. */
export function standingAfter({ mrr, customers }: Standing, movements: readonly MovementSum[]): Standing {
  return { mrr: mrr + deltaOf(movements), customers: customerFigures(customers, movements).end };
}

export function toMinor(parts: number): number {
  return toPositiveZero(Math.round(parts / revenueParts));
}

function deltaOf(movements: readonly MovementSum[]): number {
  return movements.reduce((total, { delta }) => total + delta, 0);
}

function sum(movements: readonly MovementSum[]): number {
  return movements.reduce((total, { count }) => total + count, 0);
}

function toPositive(amount: number): number {
  return toPositiveZero(-amount);
}

/** JSON and people know one zero. */
function toPositiveZero(amount: number): number {
  return amount === 0 ? 0 : amount;
}
