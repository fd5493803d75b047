import { StripeError } from "../../engine/world/stripe-error.js";

/** Throws Stripe's 429 when too many requests have come. */
export type RateLimit = () => void;

/**
 * Lets that many requests through within a second of the machine's clock. https://docs.stripe.com/rate-limits
 */
export const createRateLimit = (limit: { perSecond: number } | undefined, clock: () => Date): RateLimit => {
  if (!limit) return () => undefined;
  if (!(limit.perSecond > 0)) throw new RangeError("rateLimit.perSecond must be above 0.");
  let passed: number[] = [];
  return () => {
    const now = clock().getTime();
    passed = passed.filter((time) => time > now - 1000);
    if (passed.length >= limit.perSecond)
      throw new StripeError(429, {
        type: "invalid_request_error",
        code: "rate_limit",
        doc_url: "https://stripe.com/docs/error-codes/rate-limit",
        message:
          "Request rate limit exceeded. You can learn more about rate limits here " +
          "https://stripe.com/docs/rate-limits.",
      });
    passed.push(now);
  };
};
