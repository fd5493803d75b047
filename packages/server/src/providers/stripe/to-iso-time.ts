import type { IsoTime } from "@tollgate/core";

/** Stripe counts time in seconds since 1970. */
export function toIsoTime(seconds: number): IsoTime {
  return new Date(seconds * 1000).toISOString();
}

export function toIsoTimeOrNull(seconds: number | null | undefined): IsoTime | null {
  return seconds === null || seconds === undefined ? null : toIsoTime(seconds);
}
