import { find } from "../world/find.js";
import type { Account } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { Seller } from "./seller.js";

/** Who is asked for depends on what kind of business it is. https://docs.stripe.com/connect/required-verification-information */
const names = (type: Account["business_type"]): string[] => {
  if (type === "individual") return ["individual.first_name", "individual.last_name"];
  return type ? ["company.name"] : ["representative.first_name", "representative.last_name"];
};

/** Everything that is asked of a seller before money moves, in the order of the alphabet, as Stripe lists it. */
export const asked = ({ business_type }: Account): string[] => [
  "business_profile.mcc",
  "business_profile.url",
  "business_type",
  ...(business_type && business_type !== "individual" ? names(business_type) : []),
  "external_account",
  ...(business_type && business_type !== "individual" ? [] : names(business_type)),
  "tos_acceptance.date",
  "tos_acceptance.ip",
];

/** The row of a seller who signs up here; undefined for an account that is complete from the start. */
export const sellerOf = (world: World, account: Account): Seller | undefined =>
  find(world.hidden.sellers, account.id);

/** What is still asked of a seller. */
export const missingOf = (world: World, account: Account): string[] => {
  const seller = sellerOf(world, account);
  return seller ? asked(account).filter((name) => !seller.told.includes(name)) : [];
};
