import type { Account } from "../world/wire.js";

/** The sandbox's own account, and what every account is like that is connected from the start. */
export const platformAccount = (created: number): Account => ({
  id: "acct_1TollgateSandbox",
  object: "account",
  business_profile: {
    mcc: null,
    minority_owned_business_designation: null,
    name: "Sandbox shop",
    specified_commercial_transactions_act_url: null,
    support_address: null,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: null,
  },
  business_type: "company",
  capabilities: { card_payments: "active", transfers: "active" },
  charges_enabled: true,
  country: "US",
  created,
  default_currency: "usd",
  details_submitted: true,
  email: null,
  payouts_enabled: true,
  settings: null,
  type: "standard",
});
