import { shareOf } from "../money/share.js";
import type { ConnectTerms } from "./connect-terms.js";

type SubscriptionTerms = {
  application_fee_percent?: number | null;
  on_behalf_of?: unknown;
  transfer_data?: { amount_percent?: number | null; destination: unknown } | null;
};

/**
 * What of an invoice's payment goes to the platform or a connected account, from the percentages of its subscription.
 * Of what is left over by the division nothing is documented; halves are rounded up here.
 * https://docs.stripe.com/connect/subscriptions
 */
export const shareOfInvoice = (amount: number, terms: SubscriptionTerms): ConnectTerms => {
  const { application_fee_percent: fee, on_behalf_of: behalf, transfer_data: data } = terms;
  const percent = data?.amount_percent;
  return {
    application_fee_amount: typeof fee === "number" ? shareOf(amount, fee, 100) : null,
    on_behalf_of: typeof behalf === "string" ? behalf : null,
    transfer_data: data
      ? {
          destination: data.destination as string,
          ...(typeof percent === "number" ? { amount: shareOf(amount, percent, 100) } : {}),
        }
      : null,
  };
};
