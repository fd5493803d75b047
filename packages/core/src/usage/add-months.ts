/** So many months later, on a day of the month, or on the last day of one that is too short; at the same time of day. */
export function addMonths(time: Date, months: number, day = time.getUTCDate()): Date {
  const later = new Date(time);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  later.setUTCDate(Math.min(day, lastDayOf(later)));
  return later;
}

/**
 * The day of the month on which a period's months begin. One that began on the last day of a month, because its own day
 * was missing there, shows it by its end.
 */
export function anchorDayOf(start: Date, end: Date): number {
  const day = start.getUTCDate();
  return day === lastDayOf(start) ? Math.max(day, end.getUTCDate()) : day;
}

function lastDayOf(month: Date): number {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
}
