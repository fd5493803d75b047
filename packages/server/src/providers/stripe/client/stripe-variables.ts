type VariableOption = "secretKey" | "webhookSecret" | "apiBase";

/** Where the options of an account are read from when they are not given. */
export type StripeVariables = Readonly<Record<VariableOption, string>>;

/** The names that Stripe's own documentation uses. */
export const stripeVariables: StripeVariables = {
  secretKey: "STRIPE_SECRET_KEY",
  webhookSecret: "STRIPE_WEBHOOK_SECRET",
  apiBase: "STRIPE_API_BASE",
};

/**
 * An account with a name of its own has variables of its own: STRIPE_OLD_SECRET_KEY for `stripe-old`. It never takes
 * another's, for what is sold with the wrong key is sold in the wrong account.
 */
export function variablesOf(id: string): StripeVariables {
  const own =
    id === "stripe"
      ? ""
      : `${id
          .replace(/^stripe-/, "")
          .replaceAll("-", "_")
          .toUpperCase()}_`;
  const named = Object.entries(stripeVariables).map(([option, name]) => [
    option,
    name.replace("STRIPE_", `STRIPE_${own}`),
  ]);
  return { ...stripeVariables, ...Object.fromEntries(named) };
}

/** What the environment has under a name. Edge runtimes may have no `process`. */
export function readVariable(name: string): string | undefined {
  return typeof process === "undefined" ? undefined : process.env[name];
}
