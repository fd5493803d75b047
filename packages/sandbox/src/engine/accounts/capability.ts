import type { Account, Capability } from "../world/wire.js";
import type { World } from "../world/world.js";
import { requirementsOf } from "./refresh-account.js";
import { missingOf, sellerOf } from "./requirements.js";
import type { Seller } from "./seller.js";

const nobody: Seller = { told: [], requested: {}, submitted: true, rejected: null };

/** What an account can do, or asked to be able to do, as `/v1/accounts/:id/capabilities` shows it. */
export const capabilityOf = (world: World, account: Account, name: string): Capability => {
  const seller = sellerOf(world, account) ?? nobody;
  const requested = Object.hasOwn(seller.requested, name) ? (seller.requested[name] ?? null) : null;
  const held = (account.capabilities as Record<string, unknown> | undefined)?.[name];
  const missing = requested === null ? [] : missingOf(world, account);
  return {
    id: name,
    object: "capability",
    account: account.id,
    future_requirements: requirementsOf([], nobody),
    requested: requested !== null || held === "active",
    requested_at: requested,
    requirements: requirementsOf(missing, seller),
    status: held === undefined ? "unrequested" : (held as Capability["status"]),
  };
};
