import { definePlans } from "@tollgate/core";

/** What each message costs beyond those that a plan includes. */
export const messagePrice = { usd: 2, eur: 2 };

/** What we sell. Shared by browser and server; holds no secret. Amounts are in minor units. */
export const plans = definePlans({
  features: {
    projects: { type: "limit", name: "Projects" },
    messages: { type: "metered", name: "Messages", reset: "period" },
    seats: { type: "limit", name: "People" },
    reports: { type: "switch", name: "Weekly reports" },
    export: { type: "switch", name: "CSV export" },
    sso: { type: "switch", name: "Single sign-on" },
  },
  plans: {
    free: {
      name: "Free",
      description: "For trying things out.",
      includes: { projects: 3, messages: 10, seats: 1 },
    },
    pro: {
      name: "Pro",
      description: "For people who ship every week.",
      featured: true,
      prices: { month: { usd: 2900, eur: 2700 }, year: { usd: 29000, eur: 27000 } },
      includes: { projects: 50, messages: 500, seats: 5, reports: true, export: true },
      // What is sent beyond that is billed with the next invoice.
      usage: { messages: { perUnit: messagePrice } },
      credits: { ai: { amount: 100 } },
    },
    team: {
      name: "Team",
      description: "For a company that works together.",
      trialDays: 14,
      prices: {
        month: { perSeat: { usd: 1900, eur: 1800 }, minimum: 3, maximum: 200 },
        year: { perSeat: { usd: 19000, eur: 18000 }, minimum: 3, maximum: 200 },
      },
      // Nobody works without a seat, and no seat is paid for nobody: they follow the members that the app reports.
      includes: {
        projects: "unlimited",
        messages: "unlimited",
        seats: "seats",
        reports: true,
        export: true,
        sso: true,
      },
      credits: { ai: { amount: 500, rollover: 500 } },
    },
  },
  credits: { ai: { name: "AI credits", lowAt: 20 } },
  products: {
    ai_pack: {
      name: "200 AI credits",
      price: { usd: 1000, eur: 900 },
      credits: { ai: 200 },
      creditsExpireAfterDays: 365,
    },
  },
  // Team has all that either of them adds, so that both are sold with Pro.
  addOns: {
    pack: {
      name: "Project pack",
      description: "25 more projects.",
      prices: { month: { usd: 500, eur: 450 }, year: { usd: 5000, eur: 4500 } },
      maximum: 10,
      includes: { projects: 25 },
    },
    login: {
      name: "Single sign-on",
      description: "Your own sign-in page.",
      prices: { month: { usd: 1500, eur: 1400 }, year: { usd: 15000, eur: 14000 } },
      maximum: 1,
      includes: { sso: true },
    },
  },
});
