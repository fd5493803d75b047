import type { StripePage } from "./confirm-payment";

/** What a page needs to let a bank confirm a payment. Read on the server, when somebody asks. */
export function stripePage(): StripePage {
  const { STRIPE_API_BASE = "https://js.stripe.com", STRIPE_PUBLISHABLE_KEY = "" } = process.env;
  return { stripeUrl: `${STRIPE_API_BASE}/endive/stripe.js`, publishableKey: STRIPE_PUBLISHABLE_KEY };
}
