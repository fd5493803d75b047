import type { Account, Capability } from "../world/wire.js";
import type { World } from "../world/world.js";
import { missingOf, sellerOf } from "./requirements.js";
import type { Seller } from "./seller.js";

type Requirements = NonNullable<Capability["requirements"]> & NonNullable<Account["requirements"]>;

const blank = {
  alternatives: [],
  current_deadline: null,
  disabled_reason: null,
  errors: [],
  pending_verification: [],
} satisfies Partial<Requirements>;

/** What is asked of an account, and why it is disabled if it is. */
export const requirementsOf = (missing: string[], { rejected }: Seller): Requirements => ({
  ...blank,
  currently_due: [...missing],
  disabled_reason: rejected ? `rejected.${rejected}` : missing.length > 0 ? "requirements.past_due" : null,
  eventually_due: [...missing],
  past_due: [...missing],
});

/** Whether Stripe asks the owner itself, in its own form, or the platform does it by the API. */
export const isAskedByStripe = ({ controller }: Account): boolean =>
  controller?.requirement_collection !== "application";

/**
 * Works out again what an account may do. `charges_enabled` follows `card_payments`, and `payouts_enabled` what is
 * needed to send money to a bank. https://docs.stripe.com/connect/account-capabilities
 */
export const refreshAccount = (world: World, account: Account): void => {
  const seller = sellerOf(world, account);
  if (!seller) return;
  const missing = missingOf(world, account);
  const complete = missing.length === 0 && (seller.submitted || !isAskedByStripe(account));
  const able = complete && seller.rejected === null;
  account.requirements = requirementsOf(missing, seller);
  account.future_requirements = requirementsOf([], { ...seller, rejected: null });
  account.capabilities = Object.fromEntries(
    Object.keys(seller.requested)
      .sort()
      .map((name) => [name, able ? "active" : "inactive"]),
  );
  account.details_submitted = isAskedByStripe(account) ? seller.submitted : complete;
  account.charges_enabled = account.capabilities.card_payments === "active";
  account.payouts_enabled = able && Object.keys(seller.requested).length > 0 && !hasBrokenBank(account);
};

const hasBrokenBank = ({ external_accounts: banks }: Account): boolean =>
  (banks?.data ?? []).every((bank) => bank.object === "bank_account" && bank.status === "errored");
