import { BillingError, type IsoTime } from "@tollgate/core";

/** The last second of the year 9999: databases and dates don't agree on any time after it. */
const lastSecond = 253_402_300_799;

export function isTime(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= lastSecond;
}

/**
 * Stripe counts time in seconds since 1970.
 *
 * @throws BillingError `invalid_event` for what is not a time between the years 1970 and 9999.
 */
export function toIsoTime(seconds: number): IsoTime {
  if (!isTime(seconds)) throw new BillingError("invalid_event", "It has a time that is in no calendar.");
  return new Date(seconds * 1000).toISOString();
}

export function toIsoTimeOrNull(seconds: number | null | undefined): IsoTime | null {
  return seconds === null || seconds === undefined ? null : toIsoTime(seconds);
}
