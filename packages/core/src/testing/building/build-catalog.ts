import { definePlans } from "../../catalog/define-plans.js";

/**
 * A small catalog with one of everything: a free, a trial, a per-seat and a by-hand plan, an add-on
 * group, each type of feature and a product. Amounts are in minor units.
 */
export function buildCatalog() {
  return definePlans({
    features: {
      export: { type: "switch", name: "CSV export" },
      projects: { type: "limit", name: "Projects" },
      messages: { type: "metered", name: "Messages", reset: "period" },
      support: { type: "switch", name: "Priority support" },
    },
    plans: {
      free: { name: "Free", includes: { projects: 3, messages: 100 } },
      starter: {
        name: "Starter",
        prices: { month: { usd: 900, eur: 800 } },
        includes: { projects: 10, messages: 1000 },
      },
      pro: {
        name: "Pro",
        trialDays: 14,
        featured: true,
        prices: { month: { usd: 2900, eur: 2700 }, year: { usd: 29_000, eur: 27_000 } },
        includes: { export: true, projects: 50, messages: 10_000 },
      },
      team: {
        name: "Team",
        prices: { month: { perSeat: { usd: 1500, eur: 1400 }, minimum: 2, maximum: 100 } },
        includes: { export: true, projects: "unlimited", messages: "unlimited" },
      },
      enterprise: {
        name: "Enterprise",
        contactUrl: "mailto:sales@example.com",
        includes: { export: true, projects: "unlimited", messages: "unlimited", support: true },
      },
      care: {
        name: "Care",
        group: "support",
        prices: { month: { usd: 500 } },
        includes: { support: true },
      },
    },
    products: { credits: { name: "Credits", price: { usd: 1000, eur: 900 } } },
  });
}

/** The type of `buildCatalog`'s catalog. */
export type ExampleCatalog = ReturnType<typeof buildCatalog>;
