import type { Period } from "../language/subscription.js";

const dayMs = 86_400_000;

/** The calendar's month, week (from Monday) or day that runs at a time, in UTC. */
export function calendarPeriodOf(unit: "month" | "week" | "day", at: Date): Period {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (unit === "month") return toPeriod(Date.UTC(year, month), Date.UTC(year, month + 1));
  const today = Date.UTC(year, month, day);
  if (unit === "day") return toPeriod(today, today + dayMs);
  const monday = today - ((at.getUTCDay() + 6) % 7) * dayMs;
  return toPeriod(monday, monday + 7 * dayMs);
}

function toPeriod(start: number, end: number): Period {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}
