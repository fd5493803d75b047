import { BillingError, decideUsage, type FeatureAccess, isStorableText } from "@tollgate/core";
import { toRefusal } from "../access/require-access.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { readUsageFacts, type UsageContext } from "./read-usage-facts.js";

/** Kept with each count, so it stays short. */
const longestKey = 255;

/** A use of a metered feature. */
export interface UsageRecord<F extends string = string> {
  /** Your own id for the customer. */
  readonly customerId: string;
  readonly feature: F;
  /** A whole number, from 1 to a thousand million. @default 1 */
  readonly quantity?: number;
  /**
   * Names this one use, up to 255 characters: the same key for the same customer and feature is counted once, so that a
   * retry is harmless. Keys are remembered as long as events are (`eventRetentionDays`).
   */
  readonly idempotencyKey: string;
}

/** What `billing.usage.record` counted. */
export interface UsageReceipt {
  /** `false`: this key was counted before, and nothing was counted now. */
  readonly counted: boolean;
  /** What the current period holds now. */
  readonly used: number;
  /** How many the plan grants per period; `null` is unlimited. */
  readonly limit: number | null;
  /** How many are left; `null` is unlimited. */
  readonly remaining: number | null;
}

const mostAtOnce = 1_000_000_000;

/**
 * Decides from what is stored, then checks and counts in one statement: of many at once, on however many instances,
 * exactly as many succeed as the plan has room for.
 */
export async function recordUsage(
  open: () => Promise<UsageContext>,
  use: UsageRecord,
): Promise<UsageReceipt> {
  const { customerId, feature, quantity = 1, idempotencyKey } = checkUse(use);
  const context = await open();
  const facts = await readUsageFacts(context, customerId);
  const { access, period, remaining, billedBy } = decideUsage(facts, feature);
  const billed = context.usageTarget === "none" ? null : billedBy;
  // Where nothing is counted down, all of it is counted.
  const limit = remaining === null ? null : access.limit;
  // Even when the plan leaves nothing: a use that was counted before must be answered as such, not refused.
  const { outcome, used } = await context.store.countUsage({
    customerId,
    feature,
    period,
    quantity,
    limit,
    idempotencyKey,
    recordedAt: facts.now.toISOString(),
    ...(billed && {
      billedTo: { provider: billed.provider, providerCustomerId: billed.providerCustomerId },
    }),
  });
  if (outcome === "refused") throw refuse(feature, access, { limit: limit ?? 0, used, quantity });
  return {
    counted: outcome === "counted",
    used,
    limit: access.limit,
    remaining: limit === null ? null : Math.max(0, limit - used),
  };
}

function checkUse(use: UsageRecord): UsageRecord {
  const { quantity = 1, idempotencyKey } = use;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > mostAtOnce) {
    throw new BillingError(
      "invalid_quantity",
      `\`quantity\` must be a whole number from 1 to ${mostAtOnce}.`,
    );
  }
  if (!isStorableText(idempotencyKey, longestKey)) {
    throw new BillingError(
      "invalid_idempotency_key",
      "`idempotencyKey` must be a string of 1 to 255 characters.",
    );
  }
  checkCustomerId(use.customerId);
  return use;
}

function refuse(
  feature: string,
  { reason, upgradeTo }: FeatureAccess,
  count: { readonly limit: number; readonly used: number; readonly quantity: number },
): BillingError {
  if (reason !== null && reason !== "limit_reached") return toRefusal(feature, { reason, upgradeTo });
  const remaining = Math.max(0, count.limit - count.used);
  return new BillingError("limit_reached", "Your plan does not leave enough of this in this period.", {
    details: { feature, reason: "limit_reached", upgradeTo, ...count, remaining },
  });
}
