import type { IsoTime } from "@tollgate/core";

/**
 * Writes the day of a moment in full, as the locale does, in UTC: billing days are the provider's, and
 * server and browser must write the same text whatever their time zones.
 *
 * @example
 * formatDate("2026-12-20T00:00:00.000Z", "en"); // "December 20, 2026"
 */
export function formatDate(time: IsoTime, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(time));
}
