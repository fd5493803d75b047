import type { IsoTime } from "@tollgate/core";
import type Stripe from "stripe";
import { toIsoTime } from "../language/to-iso-time.js";
import type { StripeResponse } from "./stripe-client.js";

/**
 * A moment by Stripe's own clock at which it had not looked yet. The answer's `Date` is stamped after Stripe looked,
 * but later by no more than the whole request took; our clock would be worse, since the two may differ. Without the
 * header it is the latest moment that the object itself proves to have passed.
 *
 * @param durationMs how long the request took, by a clock that is never set
 */
export function timeOfRead(subscription: StripeResponse<Stripe.Subscription>, durationMs: number): IsoTime {
  const stamped = stampOf(subscription, durationMs);
  if (stamped !== null) return stamped;
  const { created, canceled_at, ended_at, trial_start, items } = subscription;
  const periods = items.data.map((item) => item.current_period_start);
  return toIsoTime(Math.max(created, canceled_at ?? 0, ended_at ?? 0, trial_start ?? 0, ...periods));
}

/** The same for a list: without the header by our own clock, since nothing is ordered by it. */
export function timeOfAnswer(answer: StripeResponse<object>, durationMs: number): IsoTime {
  return stampOf(answer, durationMs) ?? new Date(Date.now() - durationMs).toISOString();
}

function stampOf(answer: StripeResponse<object>, durationMs: number): IsoTime | null {
  const stamped = Date.parse(answer.lastResponse.headers.date ?? "");
  return Number.isNaN(stamped) ? null : toIsoTime(Math.floor((stamped - durationMs) / 1000));
}
