import { createBilling } from "@tollgate/server";
import { pglite } from "@tollgate/server/pglite";
import { stripe } from "@tollgate/server/stripe";
import { plans } from "../plans.js";

const { STRIPE_SECRET_KEY = "" } = process.env;

export const billing = createBilling({
  plans,
  // Its keys come from the environment; the demo launcher sets the sandbox's, which stands in for Stripe.
  provider: stripe(),
  store: pglite(process.env.TOLLGATE_DATA ?? ".tollgate"),
  appUrl: process.env.APP_URL ?? "http://localhost:3000",
  // In production Tollgate refuses test keys; this demo may run on them, and on a live key by its rules.
  environment: /[sr]k_live_/.test(STRIPE_SECRET_KEY) ? "production" : "development",
  // A real app reads its own session here.
  identify: () => ({ id: "ada", email: "ada@example.com", name: "Ada", role: "manager" }),
});
