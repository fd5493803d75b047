/**
 * A moment in UTC as an ISO 8601 string with milliseconds and `Z`, for example `2026-12-20T00:00:00.000Z`. Records
 * carry time in this form so that they cross JSON, SQL and the network unchanged, and because such strings sort in
 * chronological order.
 */
export type IsoTime = string;

/** Gives the time. Injected wherever a decision depends on it, so that tests can move it. */
export type Clock = () => Date;

const SECONDS_PER_DAY = 86_400;

/**
 * The moment `days` days of 24 hours after `time`.
 *
 * @throws RangeError when `time` is not a time.
 * @example
 * addDays("2026-02-27T10:00:00.000Z", 2); // "2026-03-01T10:00:00.000Z"
 */
export function addDays(time: IsoTime, days: number): IsoTime {
  return new Date(Date.parse(time) + days * SECONDS_PER_DAY * 1000).toISOString();
}
