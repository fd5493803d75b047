import { definePlans } from "@tollgate/core";

/** The catalog that the stories sell. */
export const storyPlans = definePlans({
  features: {
    projects: { type: "limit", name: "Projects" },
    messages: { type: "metered", name: "Messages", reset: "period" },
    export: {
      type: "switch",
      name: "CSV export",
      description: "Every table as a file for your spreadsheet.",
    },
    history: { type: "switch", name: "Version history" },
    sso: { type: "switch", name: "Single sign-on" },
  },
  plans: {
    free: { name: "Free", includes: { projects: 3, messages: 100 } },
    pro: {
      name: "Pro",
      featured: true,
      prices: { month: { usd: 2900, eur: 2700 }, year: { usd: 29000, eur: 27000 } },
      includes: { projects: 50, messages: 10_000, export: true },
    },
    team: {
      name: "Team",
      trialDays: 14,
      prices: {
        month: { perSeat: { usd: 1900, eur: 1800 }, minimum: 3, maximum: 200 },
        year: { perSeat: { usd: 19000, eur: 18000 }, minimum: 3, maximum: 200 },
      },
      includes: { projects: "unlimited", messages: "unlimited", export: true, history: true },
    },
    enterprise: {
      name: "Enterprise",
      contactUrl: "mailto:sales@example.com",
      includes: { projects: "unlimited", messages: "unlimited", export: true, history: true, sso: true },
    },
  },
  products: {
    credits: { name: "credits", price: { usd: 1000, eur: 900 } },
    handbook: { name: "the handbook", price: { usd: 4900 }, once: true },
  },
});
