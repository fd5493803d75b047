import { type Context, seconds } from "../world/context.js";
import { need } from "../world/find.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Account } from "../world/wire.js";
import type { World } from "../world/world.js";

/** The one account of a sandbox. */
export const createAccount = (created: number): Account => ({
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

type AccountFields = {
  business_profile?: Record<string, unknown>;
  business_type?: string;
  country?: string;
  default_currency?: string;
  email?: string | null;
  metadata?: MetadataChange;
  type?: string;
};

/** Connects a new account to this one; its world begins when it is first used. */
export const connectAccount = (world: World, ctx: Context, fields: AccountFields): Account => {
  if (world.connected)
    throw invalidRequest("You can only create new accounts if you've signed up for Connect.");
  const base = createAccount(seconds(ctx));
  const { business_profile = {}, metadata, ...rest } = fields;
  const account: Account = {
    ...base,
    ...rest,
    id: `acct_1${ctx.ids.secret(15)}`,
    business_profile: { ...(base.business_profile as object), name: null, ...business_profile },
    metadata: mergeMetadata({}, metadata),
  };
  world.accounts[account.id] = account;
  return account;
};

/** Forgets a connected account, and with it its world. */
export const disconnectAccount = (world: World, id: string): void => {
  need(world.accounts, "account", id);
  delete world.accounts[id];
};
