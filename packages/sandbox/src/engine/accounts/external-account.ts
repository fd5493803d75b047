import type { Context } from "../world/context.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { ExternalAccount } from "../world/wire.js";

export type GivenBank = {
  account_holder_name?: string;
  account_holder_type?: string;
  account_number: string;
  country: string;
  currency?: string;
  routing_number?: string;
};

/** Why a payout to one of Stripe's test accounts fails, by the end of its number or IBAN. https://docs.stripe.com/connect/testing#account-numbers */
const failures: Record<string, string> = {
  "1116": "no_account",
  "1113": "account_closed",
  "2227": "insufficient_funds",
  "3335": "debit_not_authorized",
  "4440": "invalid_currency",
  "3001": "no_account",
  "3002": "account_closed",
  "3003": "insufficient_funds",
  "3004": "debit_not_authorized",
  "3005": "invalid_currency",
};

/** The code with which payouts to a bank account fail; null: they arrive. */
export const payoutFailureOf = ({ last4 }: Pick<ExternalAccount, "last4">): string | null =>
  failures[last4] ?? null;

const currencies: Record<string, string> = {
  AU: "aud",
  CA: "cad",
  CH: "chf",
  GB: "gbp",
  JP: "jpy",
  US: "usd",
};

/** The currency in which a country's accounts settle, where nobody says another. https://docs.stripe.com/payouts */
export const currencyOf = (country: string): string => currencies[country] ?? "eur";

/** A seller's bank account; its number is not kept. */
export const newBank = (ctx: Context, account: string, given: GivenBank): ExternalAccount => {
  const number = given.account_number.replaceAll(/[\s-]/g, "");
  if (!/^[A-Z0-9]{4,34}$/i.test(number))
    throw invalidRequest(
      "You must use a test bank account number in test mode. Try 000123456789 or see more options at " +
        "https://docs.stripe.com/connect/testing#account-numbers.",
      "account_number_invalid",
      "external_account[account_number]",
    );
  return {
    id: ctx.ids.id("ba"),
    object: "bank_account",
    account,
    account_holder_name: given.account_holder_name ?? null,
    account_holder_type: given.account_holder_type ?? null,
    account_type: null,
    available_payout_methods: ["standard"],
    bank_name: "STRIPE TEST BANK",
    country: given.country,
    currency: given.currency ?? currencyOf(given.country),
    default_for_currency: true,
    fingerprint: ctx.ids.secret(16),
    future_requirements: null,
    last4: number.slice(-4),
    metadata: {},
    requirements: null,
    routing_number: given.routing_number ?? null,
    status: "new",
  };
};
