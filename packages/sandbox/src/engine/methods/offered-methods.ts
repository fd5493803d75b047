import { invalidRequest } from "../world/stripe-error.js";
import type { PaymentMethodConfiguration } from "../world/wire.js";
import type { World } from "../world/world.js";
import { defaultConfiguration, needConfiguration } from "./payment-method-configuration.js";

type Kind = "Checkout Session" | "Payment Intent" | "Setup Intent";

type Asked = {
  /** The configuration that a request names; undefined: the account's own. */
  configuration: string | undefined;
  /** The kinds that could pay. */
  known: readonly string[];
};

/** What may pay, and the configuration that says so. */
export type Offered = { types: string[]; details: { id: string; parent: string | null } };

const isAvailable = (configuration: PaymentMethodConfiguration, type: string): boolean => {
  const row = configuration[type as "card"];
  return row?.available === true;
};

/** The kinds that pay in a currency here; a setup names none. */
export const playedIn = (currency: string | null): string[] => {
  const debit = { eur: "sepa_debit", usd: "us_bank_account" }[currency ?? ""];
  return debit === undefined ? ["card"] : ["card", debit];
};

/**
 * The kinds of payment methods that a configuration offers.
 *
 * @throws StripeError if there is no such configuration, or if it offers none of them.
 */
export const offeredMethods = (world: World, kind: Kind, { configuration: id, known }: Asked): Offered => {
  const configuration =
    id === undefined
      ? defaultConfiguration(world)
      : needConfiguration(world, id, "payment_method_configuration");
  const types = known.filter((type) => isAvailable(configuration, type));
  if (known.length > 0 && types.length === 0)
    throw invalidRequest(
      `No valid payment method types for this ${kind}. Please ensure that you have activated payment methods ` +
        "compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods).",
    );
  return { types, details: { id: configuration.id, parent: configuration.parent } };
};
