import { day } from "../../engine/world/context.js";

const stamp = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: "UTC",
});

/** `5 Dec 2026, 10:00:00`, in UTC like all of Stripe's times; an hour of zeros is left out on request. */
export const formatTime = (seconds: number): string => stamp.format(seconds * 1000);

const units = [
  ["day", day],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `3 days`, `1 hour 30 minutes`: the two largest units that say something. */
export const formatSpan = (seconds: number): string => {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(" ") || "no time";
};

/** How far a moment is from another, `in 3 days` or `2 hours ago`. */
export const formatDistance = (seconds: number, now: number): string => {
  const distance = seconds - now;
  if (distance === 0) return "now";
  return distance > 0 ? `in ${formatSpan(distance)}` : `${formatSpan(-distance)} ago`;
};
