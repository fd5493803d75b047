import { definePlans } from "@tollgate/core";

const features = {
  export: { type: "switch", name: "CSV export" },
  messages: { type: "metered", name: "Messages", reset: "period" },
} as const;

/** As everybody bought it. */
export const before = definePlans({
  features,
  plans: {
    free: { name: "Free", includes: {} },
    pro: { name: "Pro", prices: { month: { usd: 2_900 } }, includes: { export: true, messages: 200 } },
    plus: { name: "Plus", trialDays: 14, prices: { month: { usd: 2_900 } }, includes: { messages: 100 } },
    team: { name: "Team", prices: { month: { perSeat: { usd: 1_000 } } }, includes: { messages: 200 } },
    crew: {
      name: "Crew",
      prices: { month: { base: { usd: 4_900 }, perSeat: { usd: 900 }, included: 5 } },
      includes: {},
    },
    yearly: { name: "Yearly", prices: { year: { usd: 29_000 } }, includes: {} },
    large: { name: "Large", prices: { month: { usd: 5_000 } }, includes: { export: true, messages: 200 } },
    small: { name: "Small", prices: { month: { usd: 4_000 } }, includes: { messages: 50 } },
  },
});

/** As it is sold since: everything is dearer, and the yearly plan is sold by the month. */
export const after = definePlans({
  features,
  plans: {
    ...before.plans,
    pro: { ...before.plans.pro, prices: { month: { usd: 4_500 } } },
    plus: { ...before.plans.plus, prices: { month: { usd: 4_500 } } },
    team: { ...before.plans.team, prices: { month: { perSeat: { usd: 1_200 } } } },
    crew: {
      ...before.plans.crew,
      prices: { month: { base: { usd: 5_900 }, perSeat: { usd: 1_000 }, included: 3 } },
    },
    yearly: { ...before.plans.yearly, prices: { month: { usd: 2_900 } } },
  },
});
