const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** Soon enough to be watched, in milliseconds. */
const quick = [second, 5 * second, 30 * second, 2 * minute, 10 * minute, hour];

/**
 * "Up to three days with an exponential back off", which is all that Stripe says about live mode.
 * https://docs.stripe.com/webhooks#automatic-retries
 */
const live = [
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  12 * hour,
  12 * hour,
  12 * hour,
  12 * hour,
];

/** The delays between attempts, in milliseconds. */
export const retryDelaysOf = (given: readonly number[] | "live" | undefined): readonly number[] =>
  given === "live" ? live : (given ?? quick);
