import { BillingError, type MigrationEntry, type MigrationObstacle, type PriceMove } from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";
import { underKey } from "../idempotency/under-key.js";
import type { Pace } from "../reconcile/pace.js";

/** With what the provider is asked in the background: no faster than it allows. */
export interface PacedContext extends CatalogContext {
  readonly pace: Pace;
}

/** Somebody who is in the way, or something that is missing: the next round finds it the same. */
const obstacles = {
  foreign_schedule: "foreign_schedule",
  price_not_pushed: "price_replaced",
  price_not_mapped: "price_replaced",
  unknown_price: "price_replaced",
  unknown_plan: "price_replaced",
  // Meanwhile it renewed, was changed, has ended, or waits for a payment: the next round reads what it is.
  preview_outdated: "waiting_change",
  subscription_ended: "waiting_change",
} as const satisfies Partial<Record<BillingError["code"], MigrationObstacle>>;

/**
 * Has the provider bill the new price from the renewal on. Only at the price that was announced: where the catalog has been
 * pushed with another one since, nobody is moved.
 *
 * @returns what is in the way; `null`: it is done
 */
export async function planEntry(
  context: PacedContext,
  entry: MigrationEntry,
  quantity: number,
): Promise<MigrationObstacle | null> {
  try {
    return await plan(context, entry, quantity);
  } catch (error) {
    const code = error instanceof BillingError ? error.code : "internal";
    if (Object.hasOwn(obstacles, code)) return obstacles[code as keyof typeof obstacles];
    throw error;
  }
}

async function plan(
  context: PacedContext,
  entry: MigrationEntry,
  quantity: number,
): Promise<MigrationObstacle | null> {
  const { provider, pace, owner, catalog } = context;
  const { priceMigrations } = provider.manage;
  if (priceMigrations === undefined) return "price_replaced";
  const { migrationId, subscriptionId, effectiveAt, group, interval, currency, from } = entry;
  const to = { planId: entry.to.planId, group, interval, currency, quantity };
  const { database } = owner;
  const sold = await pace(() => priceMigrations.findPrice({ ...to, database }, catalog));
  if (sold !== entry.to.priceId) return "price_replaced";
  const move: PriceMove = {
    ...{ subscription: { id: subscriptionId, providerCustomerId: null }, to, database },
    ...{ fromPriceId: from.priceId, toPriceId: sold, renewsAt: effectiveAt },
  };
  const purpose = ["migrate-price", provider.id, subscriptionId, migrationId, effectiveAt, sold];
  await pace(() =>
    underKey(context, purpose, (idempotencyKey) =>
      priceMigrations.move({ ...move, idempotencyKey }, catalog),
    ),
  );
  return null;
}
