import { expect, it } from "vitest";
import { definePlans } from "./define-plans.js";
import type { UsagePrice } from "./price-definition.js";
import { soldModelsOf } from "./sold-models.js";

const tiers = [
  { upTo: 10, perUnit: { usd: 900 } },
  { upTo: "unlimited", perUnit: { usd: 700 } },
] as const;
const messages: UsagePrice = { perUnit: { usd: 2 } };

const catalog = definePlans({
  features: { messages: { type: "metered", name: "Messages", reset: "period" } },
  plans: {
    free: { name: "Free", includes: {} },
    byHand: { name: "By hand", contactUrl: "https://example.com", includes: {} },
    flat: { name: "Flat", prices: { month: { usd: 900 }, year: { usd: 9_000 } }, includes: {} },
    seats: { name: "Seats", prices: { month: { perSeat: { usd: 900 } } }, includes: {} },
    base: { name: "Base", prices: { month: { perSeat: { usd: 900 }, base: { usd: 2_000 } } }, includes: {} },
    included: { name: "Included", prices: { month: { perSeat: { usd: 900 }, included: 3 } }, includes: {} },
    both: {
      name: "Both",
      prices: { month: { tiers, mode: "graduated" }, year: { tiers, mode: "volume" } },
      includes: {},
    },
    packs: { name: "Packs", prices: { month: { perPackage: { usd: 900 }, size: 10 } }, includes: {} },
    used: { name: "Used", prices: { month: { usd: 900 } }, usage: { messages }, includes: {} },
    begun: {
      name: "Begun",
      prices: { month: { usd: 900 } },
      intro: { month: { percentOff: 50 } },
      includes: {},
    },
    tried: {
      name: "Tried",
      prices: { month: { usd: 900 } },
      trialDays: 7,
      trialPrice: { usd: 100 },
      includes: {},
    },
    gone: {
      name: "Gone",
      prices: { month: { perPackage: { usd: 900 }, size: 10 } },
      retired: true,
      includes: {},
    },
  },
});

it("names how each plan for sale is priced, and each way once", () => {
  expect(soldModelsOf(catalog).map(({ planId, model }) => `${planId} ${model}`)).toEqual([
    "flat flat",
    "seats per_seat",
    "base base",
    "included base",
    "both graduated",
    "both volume",
    "packs package",
    "used flat",
    "used usage",
    "begun flat",
    "begun intro",
    "tried flat",
    "tried paid_trial",
  ]);
});
