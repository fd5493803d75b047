import { definePlans } from "@tollgate/core";

export const plans = definePlans({
  features: { export: { type: "switch", name: "CSV export" } },
  plans: {
    free: { name: "Free", includes: {} },
    pro: {
      name: "Pro",
      trialDays: 14,
      prices: { month: { usd: 2900 }, year: { usd: 29_000 } },
      includes: { export: true },
    },
  },
});
