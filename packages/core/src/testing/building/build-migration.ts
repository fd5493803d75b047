import type { MigrationEntry, PriceMigration } from "../../language/price-migration.js";

/** Everybody on Pro, from April on; override what matters. */
export function buildPriceMigration(overrides: Partial<PriceMigration> = {}): PriceMigration {
  return {
    ...{ id: "pro-2026", planId: "pro", toPlanId: "pro", at: "2026-04-01T00:00:00.000Z", noticeDays: 30 },
    ...{ force: false, url: "https://app.example.com/", startedAt: "2026-03-01T00:00:00.000Z" },
    ...{ cancelledAt: null, digest: "0a1b" },
    ...overrides,
  };
}

/** A subscription of it, from 29.00 to 45.00. */
export function buildMigrationEntry(overrides: Partial<MigrationEntry> = {}): MigrationEntry {
  return {
    ...{ migrationId: "pro-2026", customerId: "org_1", provider: "stripe", subscriptionId: "sub_1" },
    ...{ state: "waiting", reason: null, obstacle: null, group: "main", interval: "month", currency: "usd" },
    ...{ quantity: 1, effectiveAt: "2026-04-01T00:00:00.000Z", announcedFor: null },
    from: { planId: "pro", priceId: "price_1", amount: 2900 },
    to: { planId: "pro", priceId: "price_2", amount: 4500 },
    ...overrides,
  };
}
