import { BillingError } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import type { BillingTerms } from "../client/stripe-terms.js";

/**
 * Why taxes that were asked for are not collected. Stripe answers with no error where the account is not registered:
 * https://docs.stripe.com/tax/registering
 */
export async function findMisconfigurations(
  call: CallStripe,
  { automaticTax, taxBehavior }: BillingTerms,
): Promise<readonly string[]> {
  if (!automaticTax) return [];
  try {
    const [settings, registrations] = await Promise.all([
      call((client) => client.tax.settings.retrieve()),
      call((client) => client.tax.registrations.list({ status: "active", limit: 1 })),
    ]);
    const missing = settings.status_details.pending?.missing_fields ?? [];
    return [
      ...(settings.status === "active"
        ? []
        : [`${refused} Missing: ${missing.join(", ") || "its settings"}.`]),
      ...(registrations.data.length > 0 ? [] : [unregistered]),
      ...(taxBehavior === undefined && settings.defaults.tax_behavior === null ? [undecided] : []),
    ];
  } catch (error) {
    if (error instanceof BillingError && error.code === "provider_forbidden") return [forbidden];
    throw error;
  }
}

const setUp = "https://dashboard.stripe.com/settings/tax";

const refused = `Stripe Tax is not set up, and refuses every checkout with tax: set it up at ${setUp}.`;

const unregistered =
  "Tax is asked for and never collected: the Stripe account is registered nowhere. Add a registration at " +
  "https://dashboard.stripe.com/tax/registrations where you have to collect.";

const undecided =
  "Nothing says whether prices contain tax, so that Stripe may refuse them: give `taxBehavior` to stripe() or in the " +
  `catalog, or set a default at ${setUp}.`;

const forbidden =
  "Whether tax is collected can't be told: the restricted key lacks read access to Tax settings and Tax registrations.";
