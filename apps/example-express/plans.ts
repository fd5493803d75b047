import { definePlans } from "@tollgate/core";

/** What we sell. Shared by browser and server; holds no secret. Amounts are in minor units. */
export const plans = definePlans({
  features: {
    boards: { type: "limit", name: "Boards" },
    history: { type: "switch", name: "Full history" },
  },
  plans: {
    free: { name: "Free", includes: { boards: 2 } },
    plus: {
      name: "Plus",
      trialDays: 7,
      prices: { month: { usd: 900 }, year: { usd: 9000 } },
      includes: { boards: 40, history: true },
    },
  },
});
