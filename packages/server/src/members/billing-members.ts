import { BillingError, type Catalog, type MemberOf } from "@tollgate/core";
import { checkCustomerId } from "../customers/billing-customers.js";
import type { MeteredFeatureId } from "../usage/billing-usage.js";
import { checkMemberId } from "../usage/member-use.js";
import type { UsageContext } from "../usage/read-usage-facts.js";
import { checkMember, type MemberCheck } from "./check-member.js";
import { type MemberReading, readMember } from "./read-member.js";

/** How many of a feature somebody may use. */
export interface MemberLimitWish<F extends string = string> extends MemberOf {
  readonly feature: F;
  /** A whole number per period; `"unlimited"`: as many as their customer; `"plan"`: what the plan says of each member. */
  readonly limit: number | "unlimited" | "plan";
}

/**
 * What each of a customer's people uses of what the customer may: counted by `billing.usage.record` with a `memberId`; called
 * by your own server code.
 */
export interface BillingMembers<C extends Catalog = Catalog> {
  /**
   * Gives a member a limit of their own in place of the plan's, from the next use on: what they have used stays counted. It
   * never lets them use more than their customer may.
   *
   * @throws BillingError `unknown_feature` (500) when the catalog does not meter it; `invalid_quantity`,
   * `invalid_customer_id`, `customer_missing` (409), `store_unavailable`
   * @example
   * await billing.members.setLimit({ customerId: "org_1", memberId: "user_7", feature: "messages", limit: 500 });
   */
  readonly setLimit: (wish: MemberLimitWish<MeteredFeatureId<C>>) => Promise<void>;
  /**
   * What a member has used of each metered feature in the current period, and what is left for them.
   *
   * @throws BillingError `invalid_customer_id`, `store_unavailable`
   * @example
   * const { messages } = await billing.members.read({ customerId: "org_1", memberId: "user_7" });
   * console.log(messages.used, messages.limit, messages.remaining);
   */
  readonly read: (who: MemberOf) => Promise<Readonly<Record<MeteredFeatureId<C>, MemberReading>>>;
  /**
   * Whether a member may use one more of a metered feature now, or why not: allowed exactly when `billing.usage.record` with
   * their `memberId` would count one. `limitOf` says whose limit decides.
   *
   * @throws BillingError `unknown_feature` (500), `invalid_customer_id`, `store_unavailable`
   * @example
   * const check = await billing.members.check({ customerId: "org_1", memberId: "user_7", feature: "messages" });
   * if (!check.allowed) console.warn(check.reason, check.limitOf, check.limit);
   */
  readonly check: (who: MemberOf & { readonly feature: MeteredFeatureId<C> }) => Promise<MemberCheck>;
  /**
   * Takes away limits of their own from somebody who left. What they used stays counted until the period is over, so that
   * whoever comes back does not begin anew. Calling it again changes nothing.
   *
   * @throws BillingError `invalid_customer_id`, `store_unavailable`
   * @example
   * await billing.members.remove({ customerId: "org_1", memberId: "user_7" });
   */
  readonly remove: (who: MemberOf) => Promise<void>;
  /**
   * Forgets everything that names somebody, for a privacy request: their limits and their own counts. Their customer's
   * subscription, history and counts stay as they are.
   *
   * @throws BillingError `invalid_customer_id`, `store_unavailable`
   * @example
   * await billing.members.erase({ customerId: "org_1", memberId: "user_7" });
   */
  readonly erase: (who: MemberOf) => Promise<void>;
}

/** The members as `billing.members`. */
export function createMembers<C extends Catalog>(open: () => Promise<UsageContext>): BillingMembers<C> {
  const forget = async (who: MemberOf, counts: boolean) => {
    verifyMember(who);
    const { customerId, memberId } = who;
    await (await open()).store.forgetMember({ customerId, memberId, counts });
  };
  return {
    async setLimit({ customerId, memberId, feature, limit }) {
      verifyMember({ customerId, memberId });
      checkLimit(limit);
      const { catalog, store } = await open();
      if (!Object.hasOwn(catalog.features, feature) || catalog.features[feature]?.type !== "metered")
        throw new BillingError("unknown_feature", `The catalog has no metered feature "${feature}".`);
      const own = limit === "unlimited" ? null : limit;
      const saved = await store.saveMemberLimit({ customerId, memberId, feature, limit: own });
      if (saved === "overtaken")
        throw new BillingError("customer_missing", "This customer is being deleted.");
    },
    async read(who) {
      verifyMember(who);
      const readings = await readMember(await open(), who);
      // Exactly the metered features of this catalog, which the compiler can't follow through entries.
      return readings as Record<MeteredFeatureId<C>, MemberReading>;
    },
    async check({ feature, ...who }) {
      verifyMember(who);
      return checkMember(await open(), who, feature);
    },
    remove: (who) => forget(who, false),
    erase: (who) => forget(who, true),
  };
}

function verifyMember({ customerId, memberId }: MemberOf): void {
  checkCustomerId(customerId);
  checkMemberId(memberId);
}

function checkLimit(limit: MemberLimitWish["limit"]): void {
  if (limit === "unlimited" || limit === "plan" || (Number.isSafeInteger(limit) && limit >= 0)) return;
  throw new BillingError(
    "invalid_quantity",
    '`limit` must be a whole number that is not below zero, "unlimited" or "plan".',
  );
}
