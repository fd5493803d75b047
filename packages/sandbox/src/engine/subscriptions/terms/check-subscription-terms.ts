import { checkChargesEnabled, checkConnectTerms } from "../../payments/connect-terms.js";
import type { Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";

export type GivenTerms = {
  application_fee_percent?: number | null | undefined;
  on_behalf_of?: string | null | undefined;
  transfer_data?: { destination: string } | null | undefined;
};

/** Refuses a share of a subscription's payments that Stripe refuses. https://docs.stripe.com/connect/subscriptions */
export const checkSubscriptionTerms = (
  world: World,
  given: GivenTerms,
  before?: Subscription,
  within?: string,
): void => {
  const { application_fee_percent: fee, on_behalf_of: behalf, transfer_data: data } = given;
  if (!before) checkChargesEnabled(world);
  const kept = data === undefined ? before?.transfer_data : data;
  checkConnectTerms(
    world,
    {
      application_fee: fee,
      ...(behalf ? { on_behalf_of: behalf } : {}),
      // What was agreed before is not looked at again: the account may have changed since.
      ...(kept && (data || fee !== undefined)
        ? { transfer_data: { destination: kept.destination as string } }
        : {}),
    },
    { fee: "application_fee_percent", ...(within === undefined ? {} : { within }) },
  );
};
