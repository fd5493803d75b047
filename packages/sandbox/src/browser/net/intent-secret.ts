import { IntegrationError } from "../dom/integration-error.js";

export type IntentKind = "payment" | "setup";

/** An intent as its client secret names it. */
export interface IntentSecret {
  readonly kind: IntentKind;
  readonly id: string;
  readonly clientSecret: string;
}

/** @throws {IntegrationError} when the text does not have the form `pi_…_secret_…` or `seti_…_secret_…`. */
export function parseClientSecret(clientSecret: unknown): IntentSecret {
  const match =
    typeof clientSecret === "string" ? /^((pi|seti)_[A-Za-z0-9]+)_secret_\w+$/.exec(clientSecret) : null;
  if (!match?.[1] || !match[2]) {
    throw new IntegrationError(
      "A client secret looks like pi_…_secret_… or seti_…_secret_…; this value does not.",
    );
  }
  return { kind: match[2] === "pi" ? "payment" : "setup", id: match[1], clientSecret: match[0] };
}
