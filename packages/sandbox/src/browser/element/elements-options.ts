import { IntegrationError } from "../dom/integration-error.js";
import type { Appearance } from "../look/appearance.js";
import { parseClientSecret } from "../net/intent-secret.js";

/** The options of `stripe.elements()` that the stand-in acts on. */
export interface ElementsOptions {
  readonly clientSecret?: string | undefined;
  readonly customerSessionClientSecret?: string | undefined;
  readonly mode?: "payment" | "subscription" | "setup" | undefined;
  readonly amount?: number | undefined;
  readonly currency?: string | undefined;
  readonly setupFutureUsage?: "off_session" | "on_session" | null | undefined;
  readonly allowedPaymentMethodTypes?: readonly string[] | undefined;
  readonly appearance?: Appearance | undefined;
  readonly locale?: string | undefined;
  readonly fonts?: readonly unknown[] | undefined;
  readonly [ignored: string]: unknown;
}

/** @throws {IntegrationError} for a combination that Stripe.js refuses too. */
export function checkElementsOptions(options: ElementsOptions): ElementsOptions {
  if ("paymentMethodTypes" in options) {
    throw new IntegrationError(
      "`paymentMethodTypes` is no longer an option of stripe.elements(): use `allowedPaymentMethodTypes`.",
    );
  }
  if (options.clientSecret !== undefined) {
    parseClientSecret(options.clientSecret);
    if (options.mode !== undefined)
      throw new IntegrationError("Pass either `clientSecret` or `mode`, not both.");
    return options;
  }
  if (options.mode === "payment" || options.mode === "subscription") {
    if (!Number.isInteger(options.amount)) {
      throw new IntegrationError(
        `mode '${options.mode}' needs \`amount\`, an integer in the currency's minor unit.`,
      );
    }
    if (!options.currency) throw new IntegrationError(`mode '${options.mode}' needs \`currency\`.`);
  }
  return options;
}
