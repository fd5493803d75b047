import { find } from "../world/find.js";
import { invalidRequest, missing } from "../world/stripe-error.js";
import type { PaymentIntent } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Whose money a payment is, and what the platform takes of it. */
export type ConnectTerms = {
  application_fee_amount?: number | null;
  on_behalf_of?: string | null;
  transfer_data?: { amount?: number; destination: string } | null;
  transfer_group?: string | null;
};

/** What an intent has of it. */
export const connectTermsOf = (
  given: ConnectTerms,
): Pick<PaymentIntent, "application_fee_amount" | "on_behalf_of" | "transfer_data" | "transfer_group"> => ({
  application_fee_amount: given.application_fee_amount ?? null,
  on_behalf_of: given.on_behalf_of || null,
  transfer_data: given.transfer_data ?? null,
  transfer_group: given.transfer_group || null,
});

/** Refuses to send money to an account that is not connected, or that may not get any. */
export const checkDestination = (world: World, destination: string, param: string): void => {
  const account = find(world.accounts, destination);
  if (!account) throw missing("destination", destination, param);
  if (account.capabilities?.transfers !== "active")
    throw invalidRequest(
      "Your destination account needs to have at least one of the following capabilities enabled: transfers, " +
        "crypto_transfers, legacy_payments",
      "insufficient_capabilities_for_transfer",
    );
};

const prefixed = (within: string | undefined, name: string): string =>
  within === undefined ? name : `${within}[${name.replace("[", "][").replace(/\]?$/, "]")}`;

/**
 * Refuses what Stripe refuses about a connected account's share of a payment. `within` is the parameter that holds them,
 * such as `payment_intent_data`. https://docs.stripe.com/connect/charges
 */
export const checkConnectTerms = (
  world: World,
  given: Omit<ConnectTerms, "application_fee_amount"> & { application_fee?: number | null | undefined },
  { within, fee: feeName = "application_fee_amount" }: { within?: string; fee?: string } = {},
): void => {
  const { application_fee: fee, on_behalf_of: behalf, transfer_data: data } = given;
  if (typeof fee === "number" && !world.connected && !data)
    throw invalidRequest(
      `Can only apply an ${feeName} when the request is made on behalf of another account (using an OAuth key, the ` +
        "Stripe-Account header, or the destination parameter).",
      undefined,
      prefixed(within, feeName),
    );
  if (typeof fee === "number" && data?.amount !== undefined)
    throw invalidRequest(
      "You may not provide the `application_fee_amount` parameter and `transfer_data[amount]` parameters " +
        "simultaneously. They are mutually exclusive.",
    );
  if (data) checkDestination(world, data.destination, prefixed(within, "transfer_data[destination]"));
  if (behalf && !find(world.accounts, behalf))
    throw missing("account", behalf, prefixed(within, "on_behalf_of"));
};

/** Refuses to begin a payment in an account that may not charge. */
export const checkChargesEnabled = ({ account, connected }: World): void => {
  if (!connected || account.charges_enabled) return;
  throw invalidRequest(
    "Your account cannot currently make live charges. If you are a customer trying to make a purchase, please " +
      "contact the owner of this site. Your transaction has not been processed.",
  );
};
