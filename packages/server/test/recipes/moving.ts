// billing/provider.ts: the new account sells, and the old one is still heard and managed
import { stripe } from "@tollgate/server/stripe";

export const provider = [
  stripe({ id: "stripe-eu" }), // STRIPE_EU_SECRET_KEY, STRIPE_EU_WEBHOOK_SECRET; told at /webhook/stripe-eu
  stripe(), // STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET; told at /webhook/stripe, as ever
]; // createBilling({ provider, … })
