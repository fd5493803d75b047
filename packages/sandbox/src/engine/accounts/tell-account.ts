import type Stripe from "stripe";
import { type Context, seconds } from "../world/context.js";
import { type MetadataChange, mergeMetadata } from "../world/metadata.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Account, BusinessProfile, ExternalAccount, Given } from "../world/wire.js";
import type { World } from "../world/world.js";
import { type GivenBank, newBank } from "./external-account.js";
import { sellerOf } from "./requirements.js";
import type { Seller } from "./seller.js";

type Params = Given<Stripe.AccountUpdateParams>;

export type AccountFacts = Pick<
  Params,
  | "business_profile"
  | "business_type"
  | "capabilities"
  | "company"
  | "email"
  | "individual"
  | "tos_acceptance"
> & { external_account?: unknown; metadata?: MetadataChange };

/** The names of those requirements that a request answers. */
const answered = (given: AccountFacts): string[] => {
  const { business_profile: profile, company, individual, tos_acceptance: terms } = given;
  const answers: Array<[string, unknown]> = [
    ["business_profile.mcc", profile?.mcc],
    ["business_profile.url", profile?.url ?? profile?.product_description],
    ["business_type", given.business_type],
    ["company.name", company?.name],
    ["external_account", given.external_account],
    ["individual.first_name", individual?.first_name],
    ["individual.last_name", individual?.last_name],
    ["tos_acceptance.date", terms?.date],
    ["tos_acceptance.ip", terms?.ip],
  ];
  return answers.flatMap(([name, value]) => (value ? [name] : []));
};

/** Where the payouts go from now on: one bank account for each currency. */
export const addBank = (ctx: Context, account: Account, given: GivenBank): ExternalAccount => {
  const bank = newBank(ctx, account.id, given);
  const banks = account.external_accounts;
  if (banks) banks.data = [...banks.data.filter((other) => other.currency !== bank.currency), bank];
  return bank;
};

const bankIn = (given: AccountFacts["external_account"]): GivenBank | undefined => {
  if (given === undefined || given === null) return undefined;
  if (typeof given === "object" && "account_number" in given) return given as GivenBank;
  throw invalidRequest(
    `No such token: '${typeof given === "string" ? given : ""}'`,
    "resource_missing",
    "external_account",
  );
};

/** Asks for capabilities, or gives them back. */
export const requestCapabilities = (
  ctx: Context,
  seller: Seller,
  wanted: Readonly<Record<string, { requested?: boolean } | undefined>>,
): void => {
  for (const [name, choice] of Object.entries(wanted)) {
    if (choice?.requested) seller.requested[name] ??= seconds(ctx);
    else if (choice?.requested === false) delete seller.requested[name];
  }
};

/** Writes down what a request says about an account and its owner; what it refuses changes nothing. */
export const tell = (
  world: World,
  ctx: Context,
  account: Account,
  given: AccountFacts,
  seller = sellerOf(world, account),
): void => {
  const metadata = mergeMetadata(account.metadata ?? {}, given.metadata);
  const bank = bankIn(given.external_account);
  if (bank) addBank(ctx, account, bank);
  account.metadata = metadata;
  if (given.business_profile)
    account.business_profile = { ...account.business_profile, ...given.business_profile } as BusinessProfile;
  if (given.business_type) account.business_type = given.business_type;
  if (given.email !== undefined) account.email = given.email || null;
  if (given.tos_acceptance) account.tos_acceptance = { ...account.tos_acceptance, ...given.tos_acceptance };
  if (!seller) return;
  seller.told = [...new Set([...seller.told, ...answered(given)])];
  requestCapabilities(ctx, seller, given.capabilities ?? {});
};
