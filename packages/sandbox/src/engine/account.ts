import type { Account } from "./wire.js";

/** The one account of a sandbox. */
export const createAccount = (created: number): Account => ({
  id: "acct_1TollgateSandbox",
  object: "account",
  business_profile: {
    mcc: null,
    name: "Sandbox shop",
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
