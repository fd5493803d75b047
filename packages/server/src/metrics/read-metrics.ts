import {
  BillingError,
  type Currency,
  type IsoTime,
  type MetricsReport,
  type MetricsStep,
  metricsSpans,
  tallyMetrics,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** Which figures. */
export interface MetricsWish {
  /** A date or time, in UTC: `"2026-01-01"`. */
  readonly from: IsoTime | Date;
  /** Up to, but not including. @default now */
  readonly to?: IsoTime | Date;
  /** How long each span is. The last one may be shorter. @default "month" */
  readonly every?: MetricsStep;
  /** @default each */
  readonly currency?: Currency;
}

const steps: readonly string[] = ["day", "week", "month"] satisfies readonly MetricsStep[];

/** `billing.metrics`. */
export async function readMetrics(
  { store, clock }: Pick<BillingContext, "store" | "clock">,
  { from, to = clock(), every = "month", currency }: MetricsWish,
): Promise<MetricsReport> {
  if (!steps.includes(every))
    throw new BillingError("invalid_query", `\`every\` must be ${steps.join(", ")}.`);
  const bounds = spansOf(toTime("from", from), toTime("to", to), every);
  return tallyMetrics(await store.readHistorySums({ bounds, currency: currency ?? null }), bounds);
}

function toTime(name: string, given: IsoTime | Date): IsoTime {
  const time = new Date(given);
  // What databases take for a time.
  const isTime = time.getTime() >= 0 && time.getUTCFullYear() <= 9999;
  if (!isTime) throw new BillingError("invalid_query", `\`${name}\` must be a date or a time after 1970.`);
  return time.toISOString();
}

function spansOf(from: IsoTime, to: IsoTime, every: MetricsStep): readonly IsoTime[] {
  try {
    return metricsSpans(from, to, every);
  } catch (cause) {
    const problem = cause instanceof RangeError ? `: ${cause.message}` : "";
    throw new BillingError("invalid_query", `Figures can't be had of this${problem}.`, { cause });
  }
}
