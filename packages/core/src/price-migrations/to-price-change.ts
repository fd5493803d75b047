import type { PriceChangeCallbackData } from "../language/callback.js";
import type { MigrationEntry, PriceMigration } from "../language/price-migration.js";
import { costOf } from "../language/price-rate.js";

/**
 * What a customer is told, by what was found when the migration was started; for the seats that they have.
 *
 * @example
 * function costOfNext(entry: MigrationEntry, migration: PriceMigration): number {
 *   return toPriceChange(entry, migration, entry.quantity).newAmount;
 * }
 */
export function toPriceChange(
  entry: MigrationEntry,
  { url: manageUrl }: Pick<PriceMigration, "url">,
  quantity: number,
): PriceChangeCallbackData {
  const { customerId, provider, subscriptionId, migrationId, from, to } = entry;
  const { interval, currency, effectiveAt } = entry;
  return {
    ...{ customerId, provider, subscriptionId, migrationId, interval, quantity, currency },
    previousPlanId: from.planId,
    planId: to.planId,
    oldAmount: costOf(from, quantity) ?? 0,
    newAmount: costOf(to, quantity) ?? 0,
    effectiveAt,
    manageUrl,
  };
}
