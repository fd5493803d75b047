import { BillingError } from "../language/errors.js";
import type { IsoTime } from "../language/time.js";

/** Stripe plans no end that is further away (https://docs.stripe.com/api/subscriptions/update#update_subscription-cancel_at). */
const yearsAtMost = 5;

/**
 * A date that somebody chose, in whole seconds, because providers count in those.
 *
 * @param name of the option, for the message
 * @throws BillingError `invalid_time` for what is no time, has passed, or is more than five years ahead
 * @example
 * chooseTime("at", "2026-04-01T00:00:00.500Z", new Date("2026-03-01T00:00:00Z")); // "2026-04-01T00:00:00.000Z"
 */
export function chooseTime(name: string, chosen: string, now: Date): IsoTime {
  const seconds = Math.floor(Date.parse(chosen) / 1000);
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + yearsAtMost);
  // A date without a time zone would mean another moment on each machine.
  const isTime = /(?:Z|[+-]\d\d:?\d\d)$/i.test(chosen) && Number.isFinite(seconds);
  if (isTime && seconds * 1000 > now.getTime() && seconds * 1000 <= latest.getTime())
    return new Date(seconds * 1000).toISOString();
  throw new BillingError(
    "invalid_time",
    `\`${name}\` must be a time in UTC such as 2026-12-20T00:00:00Z, after now and at most ${yearsAtMost} years ahead.`,
    { details: { name } },
  );
}
