import { createBilling } from "@tollgate/server";
import { pglite } from "@tollgate/server/pglite";
import { stripe } from "@tollgate/server/stripe";
import { plans } from "../plans.js";

const { STRIPE_SECRET_KEY = "", STRIPE_WEBHOOK_SECRET = "", STRIPE_API_BASE } = process.env;

export const billing = createBilling({
  plans,
  provider: stripe({
    secretKey: STRIPE_SECRET_KEY,
    webhookSecret: STRIPE_WEBHOOK_SECRET,
    // Set by the demo launcher, where the sandbox stands in for Stripe.
    ...(STRIPE_API_BASE ? { apiBase: STRIPE_API_BASE } : {}),
  }),
  store: pglite(process.env.TOLLGATE_DATA ?? ".tollgate"),
  appUrl: process.env.APP_URL ?? "http://localhost:3000",
  // In production Tollgate refuses test keys; this demo is allowed to run on them, and on no live key without its rules.
  environment: /[sr]k_live_/.test(STRIPE_SECRET_KEY) ? "production" : "development",
  // A real app reads its own session here.
  identify: () => ({ id: "ada", email: "ada@example.com", name: "Ada", role: "manager" }),
});
