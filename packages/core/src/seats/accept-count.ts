import type { SeatCount, SeatRecord } from "../language/seats.js";
import type { IsoTime } from "../language/time.js";

/** What the app says. */
export interface SeatReport {
  readonly customerId: string;
  readonly group: string;
  readonly count: number;
  /** When it was counted; `null`: now, after everything that was said before. */
  readonly countedAt: IsoTime | null;
}

const msPerHour = 3_600_000;

/**
 * The record after a report; `null`: something newer is known, and the report changes nothing. Of two that were counted at
 * one moment the larger holds, whichever arrives first.
 *
 * @example
 * const report = { customerId: "org_1", group: "main", count: 7, countedAt: null };
 * acceptCount(null, report, { graceHours: 0, now: new Date() })?.count; // 7
 */
export function acceptCount(
  known: SeatRecord | null,
  { customerId, group, count, countedAt }: SeatReport,
  { graceHours, now }: { readonly graceHours: number; readonly now: Date },
): SeatRecord | null {
  const fresh = {
    customerId,
    group,
    count,
    earlier: [],
    carried: null,
    attempts: 0,
    problem: null,
    told: null,
  };
  const at = countedAt ?? now.toISOString();
  if (known === null) return { ...fresh, countedAt: at, since: at };
  if (countedAt !== null) {
    if (countedAt < known.countedAt) return null;
    if (countedAt === known.countedAt && count <= known.count) return null;
  }
  const isBehind = at < known.countedAt;
  const asOf = isBehind ? known.countedAt : at;
  if (count === known.count) return { ...known, countedAt: asOf };
  const before: readonly SeatCount[] = [...known.earlier, { count: known.count, since: known.since }];
  const since = before.find((one) => one.count >= count)?.since ?? asOf;
  const smaller = before.filter((one) => one.count < count);
  const earlier = stillOf(smaller, since, Date.parse(asOf) - graceHours * msPerHour);
  return { ...known, count, since, countedAt: asOf, earlier, attempts: 0, problem: null };
}

/** Those that held until less than the grace ago. */
function stillOf(counts: readonly SeatCount[], end: IsoTime, from: number): readonly SeatCount[] {
  return counts.filter((_, place) => Date.parse(counts[place + 1]?.since ?? end) > from);
}

/** How many seats are to be billed now, and when more are. */
export interface DueSeats {
  readonly count: number;
  /** `null`: that is all of them. */
  readonly until: IsoTime | null;
}

/**
 * A seat is billed once it was in use for as long as the grace, whoever sat in it.
 *
 * @example
 * function billable(record: SeatRecord): number {
 *   return dueSeats(record, 24, new Date()).count;
 * }
 */
export function dueSeats({ count, since, earlier }: SeatRecord, graceHours: number, now: Date): DueSeats {
  const open = stillOf(earlier, since, now.getTime() - graceHours * msPerHour);
  const [smallest] = open;
  if (smallest === undefined) return { count, until: null };
  const end = Date.parse(open[1]?.since ?? since);
  return {
    count: Math.min(count, smallest.count),
    until: new Date(end + graceHours * msPerHour).toISOString(),
  };
}
