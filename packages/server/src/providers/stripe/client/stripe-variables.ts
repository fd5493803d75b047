/** Where the options are read from when they are not given: the names that Stripe's own documentation uses. */
export const stripeVariables = {
  secretKey: "STRIPE_SECRET_KEY",
  webhookSecret: "STRIPE_WEBHOOK_SECRET",
  apiBase: "STRIPE_API_BASE",
} as const;

/** What the environment has for an option. Edge runtimes may have no `process`. */
export function readVariable(option: keyof typeof stripeVariables): string | undefined {
  return typeof process === "undefined" ? undefined : process.env[stripeVariables[option]];
}
