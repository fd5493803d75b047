import type { CheckoutOffer } from "@tollgate/core";
import type Stripe from "stripe";
import { type ConnectRules, findSeller, type StripeSeller } from "./stripe-connect.js";

type Shares = Pick<
  Stripe.Checkout.SessionCreateParams & {
    readonly subscription_data: Stripe.Checkout.SessionCreateParams.SubscriptionData;
  },
  "payment_intent_data" | "subscription_data"
>;

/**
 * What of a checkout's money goes to whom: to the seller that the app names, or to the platform where the account is a
 * connected one. https://docs.stripe.com/connect/charges
 *
 * @param due what a product costs, in Stripe's units
 */
export function sessionShares(
  rules: ConnectRules,
  {
    customerId,
    offer,
    due,
  }: { readonly customerId: string; readonly offer: CheckoutOffer; readonly due: number },
): Partial<Shares> {
  const seller = findSeller(rules, customerId, offer);
  if (seller === null && (rules.account === null || rules.feePercent === 0)) return {};
  const percent = seller?.feePercent ?? rules.feePercent;
  if (offer.kind === "subscription") {
    return {
      subscription_data: {
        ...destinationOf(seller),
        ...(percent > 0 && { application_fee_percent: percent }),
      },
    };
  }
  const fee = seller?.feeAmount ?? shareOf(due, percent);
  return {
    payment_intent_data: { ...destinationOf(seller), ...(fee > 0 && { application_fee_amount: fee }) },
  };
}

function destinationOf(seller: StripeSeller | null): {
  on_behalf_of?: string;
  transfer_data?: { destination: string };
} {
  if (seller === null) return {};
  const { account, onBehalfOf = false } = seller;
  return { transfer_data: { destination: account }, ...(onBehalfOf && { on_behalf_of: account }) };
}

/** In whole units, halves up; the percentage has two decimals at most, so that nothing is lost on the way. */
function shareOf(amount: number, percent: number): number {
  return Math.round((amount * Math.round(percent * 100)) / 10_000);
}
