import { formatRatio, judge, toTable } from "../run/table.js";
import type { UsageRun } from "./usage-kind.js";

/** Ratios first, then what they are made from. `perSecond` is in units. */
export function reportUsage(
  labels: readonly string[],
  perSecond: (what: UsageRun["what"], label: string) => number,
  rounds: number,
): string {
  const targets = labels.flatMap((label) => {
    const ratio = perSecond("record", label) / perSecond("floor", label);
    const batches = perSecond("recordMany", label);
    return [
      [`records/s of the floor, ${label}`, formatRatio(ratio), "at least 0.5", judge(ratio, 0.5, "more")],
      [`units/s in lists, ${label}`, batches.toFixed(0), "at least 20000", judge(batches, 20_000, "more")],
    ];
  });
  const rows = labels.map((label) => [
    label,
    perSecond("floor", label).toFixed(0),
    perSecond("record", label).toFixed(0),
    perSecond("recordMany", label).toFixed(0),
  ]);
  return [
    toTable(["Tollgate", "figure", "target", "met"], targets),
    toTable(["units/s", "the floor: one atomic UPDATE", "`record`", "`recordMany`, 1000 each"], rows),
    `Medians of ${rounds} interleaved rounds of a second, 1000 subscriptions in the store.`,
  ].join("\n\n");
}
