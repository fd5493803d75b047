import { formatMicroseconds, formatRatio, judge, toTable } from "../run/table.js";
import type { CheckKind } from "./checker.js";

const labels = {
  key: "read by primary key: `pg`, named statement",
  warm: "Tollgate, warm",
  cold: "Tollgate, cold",
  list: "`@better-auth/stripe` 1.7.6, `subscription.list`",
  autumn: "`autumn-js` 1.3.13, `check`, stand-in on this machine",
} satisfies Record<CheckKind, string>;

/** Ratios first, then what they are made from. `times` are in microseconds. */
export function reportAccess(times: Partial<Readonly<Record<CheckKind, number>>>, rounds: number): string {
  const { key = Number.NaN, warm = Number.NaN, cold = Number.NaN } = times;
  const targets = toTable(
    ["Tollgate", "ratio", "target", "met"],
    [
      [
        "a read by key in relation to a warm check",
        formatRatio(key / warm),
        "at least 1000",
        judge(key / warm, 1000, "more"),
      ],
      [
        "a cold check in relation to a read by key",
        formatRatio(cold / key),
        "at most 1.3",
        judge(cold / key, 1.3, "less"),
      ],
    ],
  );
  const rows = (Object.keys(labels) as CheckKind[]).flatMap((kind) => {
    const time = times[kind];
    return time === undefined ? [] : [[labels[kind], formatRatio(time / key), formatMicroseconds(time)]];
  });
  const table = toTable(["one after another", "of a read by key", "µs each"], rows);
  return [targets, table, `Medians of ${rounds} interleaved rounds, 1000 subscriptions in the store.`].join(
    "\n\n",
  );
}
