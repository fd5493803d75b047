import { definePlans } from "@tollgate/core";

/** The catalog of the stories: a free plan, a featured one with a trial, one per seat, one sold by hand. */
export const demoPlans = definePlans({
  features: {
    projects: { type: "limit", name: "Projects", description: "Open at the same time" },
    messages: { type: "metered", name: "Messages", reset: "period", description: "Sent per billing period" },
    export: { type: "switch", name: "CSV export" },
    domains: { type: "switch", name: "Custom domains" },
    roles: { type: "switch", name: "Roles and permissions", description: "Who may see, edit and pay" },
    sso: { type: "switch", name: "SAML single sign-on" },
    audit: { type: "switch", name: "Audit log" },
  },
  plans: {
    free: {
      name: "Free",
      description: "To try things out, for as long as you like.",
      includes: { projects: 3, messages: 100 },
    },
    pro: {
      name: "Pro",
      description: "For people who work on it every day.",
      featured: true,
      trialDays: 14,
      prices: { month: { usd: 2900, eur: 2700, jpy: 4200 }, year: { usd: 29000, eur: 27000, jpy: 42000 } },
      includes: { projects: 50, messages: 10_000, export: true, domains: true },
    },
    team: {
      name: "Team",
      description: "For groups that share projects and one bill.",
      prices: {
        month: { perSeat: { usd: 1900, eur: 1800, jpy: 2800 }, minimum: 3, maximum: 50 },
        year: { perSeat: { usd: 19000, eur: 18000, jpy: 28000 }, minimum: 3, maximum: 50 },
      },
      includes: { projects: "unlimited", messages: 50_000, export: true, domains: true, roles: true },
    },
    enterprise: {
      name: "Enterprise",
      description: "For companies with rules of their own.",
      contactUrl: "mailto:sales@example.com",
      includes: {
        projects: "unlimited",
        messages: "unlimited",
        export: true,
        domains: true,
        roles: true,
        sso: true,
        audit: true,
      },
    },
  },
});

/** One plan is sold monthly only, among others that are also sold yearly. */
export const mixedPlans = definePlans({
  features: demoPlans.features,
  plans: {
    free: demoPlans.plans.free,
    starter: {
      name: "Starter",
      description: "For a first product.",
      prices: { month: { usd: 900, eur: 900 } },
      includes: { projects: 10, messages: 1000, export: true },
    },
    pro: demoPlans.plans.pro,
  },
});

/** Five plans, one of them without a word about itself. */
export const fivePlans = definePlans({
  features: demoPlans.features,
  plans: {
    ...demoPlans.plans,
    archive: {
      name: "Archive",
      prices: { month: { usd: 400 }, year: { usd: 4000 } },
      includes: { projects: 1 },
    },
  },
});

/** Sold by whatever suits: each plan in its own way. */
export const manyIntervalPlans = definePlans({
  features: demoPlans.features,
  plans: {
    starter: {
      name: "Starter",
      description: "For one project that has an end.",
      prices: { "2_weeks": { usd: 700 }, month: { usd: 1200 } },
      includes: { projects: 1, messages: 1000 },
    },
    pro: {
      ...demoPlans.plans.pro,
      prices: {
        month: { usd: 2900 },
        "3_months": { usd: 8100 },
        "6_months": { usd: 15_600 },
        year: { usd: 29_000 },
      },
    },
    team: {
      ...demoPlans.plans.team,
      prices: {
        month: { perSeat: { usd: 1900 }, minimum: 3, maximum: 50 },
        "3_months": { perSeat: { usd: 5400 }, minimum: 3, maximum: 50 },
      },
    },
  },
});

/** Amounts with many digits. */
export const rupiahPlans = definePlans({
  features: demoPlans.features,
  plans: {
    free: demoPlans.plans.free,
    pro: { ...demoPlans.plans.pro, prices: { month: { idr: 45_000_000 }, year: { idr: 450_000_000 } } },
    team: { ...demoPlans.plans.team, prices: { month: { perSeat: { idr: 29_900_000 }, minimum: 3 } } },
    enterprise: demoPlans.plans.enterprise,
  },
});

/** Seats in threes, a base with seats in it, volume tiers, and packages. */
export const modelPlans = definePlans({
  features: demoPlans.features,
  plans: {
    threes: {
      ...demoPlans.plans.team,
      name: "Threes",
      prices: { month: { perSeat: { usd: 1900 }, step: 3, maximum: 60 } },
    },
    base: {
      ...demoPlans.plans.team,
      name: "Base",
      prices: { month: { base: { usd: 4900 }, perSeat: { usd: 900 }, included: 5, minimum: 5 } },
    },
    volume: {
      ...demoPlans.plans.team,
      name: "Volume",
      prices: {
        month: {
          mode: "volume",
          tiers: [
            { upTo: 10, perUnit: { usd: 900 } },
            { upTo: "unlimited", perUnit: { usd: 700 } },
          ],
        },
      },
    },
    packs: {
      ...demoPlans.plans.team,
      name: "Packs",
      prices: { month: { perPackage: { usd: 10_000 }, size: 10 } },
    },
    ladder: {
      ...demoPlans.plans.team,
      name: "Ladder",
      prices: {
        month: {
          mode: "graduated",
          tiers: [
            { upTo: 3, flat: { usd: 4900 } },
            { upTo: 20, perUnit: { usd: 900 } },
            { upTo: 100, perUnit: { usd: 700 } },
            { upTo: "unlimited", perUnit: { usd: 500 } },
          ],
        },
      },
      includes: { ...demoPlans.plans.team.includes, messages: 1000 },
      usage: { messages: { perUnit: { usd: 2 } } },
    },
  },
});

/** Three plans, flat prices. */
export const smallPlans = definePlans({
  features: demoPlans.features,
  plans: {
    free: demoPlans.plans.free,
    starter: {
      name: "Starter",
      description: "For a first product.",
      prices: { month: { usd: 900 }, year: { usd: 8900 } },
      includes: { projects: 10, messages: 1000, export: true },
    },
    pro: {
      ...demoPlans.plans.pro,
      prices: { month: { usd: 2900 }, year: { usd: 29000 } },
    },
  },
});
