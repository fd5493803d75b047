import Stripe from "stripe";
import { type StripeVariables, stripeVariables } from "./stripe-variables.js";

const stripeAddress = "https://api.stripe.com";

/**
 * Where a request went, in words that say what to do, when that may be why it failed; otherwise `null`. Only the origin
 * of a URL is shown: the rest may contain a password.
 *
 * @param apiBase `null`: Stripe's own
 */
export function describeAddress(
  error: Stripe.errors.StripeError,
  apiBase: string | null,
  variables = stripeVariables,
): string | null {
  const { startSandbox, reachStripe, takeYourKey } = advice(variables);
  const address = apiBase === null ? stripeAddress : new URL(apiBase).origin;
  const own = apiBase !== null;
  if (error instanceof Stripe.errors.StripeConnectionError) {
    const problem = problems[codeOf(error.detail)] ?? "The connection failed to";
    return `${problem} ${address}. ${own ? startSandbox : reachStripe}`;
  }
  if (error instanceof Stripe.errors.StripeAuthenticationError) {
    return `The secret key is not known at ${address}. ${own ? takeItsKey : takeYourKey}`;
  }
  const unreadable = error instanceof Stripe.errors.StripeAPIError && error.statusCode === undefined;
  return own && unreadable ? `What answers at ${address} is not Stripe's API. ${startSandbox}` : null;
}

const problems: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nothing listens at",
  ENOTFOUND: "No such host is known:",
  EAI_AGAIN: "The name could not be looked up:",
  ETIMEDOUT: "There was no answer in time from",
};

function advice({ secretKey, apiBase }: StripeVariables) {
  return {
    startSandbox: `Start the sandbox there (npx @tollgate/sandbox), or change ${apiBase} (\`apiBase\`).`,
    reachStripe: `Does this machine reach the internet? Without it, run \`npx @tollgate/sandbox\` and set ${apiBase}.`,
    takeYourKey: `Copy ${secretKey} from Stripe's dashboard: this one was rolled, cut or mistyped.`,
  };
}

const takeItsKey = "The sandbox takes the key that it printed, or that --secret-key gave it.";

function codeOf(detail: unknown): string {
  const code = detail instanceof Error && "code" in detail ? detail.code : undefined;
  return typeof code === "string" ? code : "";
}
