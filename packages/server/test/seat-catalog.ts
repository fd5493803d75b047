import { definePlans } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";

/** A catalog of plans for teams: some members for nothing or a flat amount, then a price for each. */
const forTeams = definePlans({
  features: {
    members: { type: "limit", name: "Members" },
    devices: { type: "limit", name: "Devices" },
    export: { type: "switch", name: "Export" },
  },
  plans: {
    free: { name: "Free", includes: { members: 3 } },
    family: { name: "Family", prices: { month: { usd: 1_900 } }, includes: { members: 6 } },
    team: {
      name: "Team",
      prices: { month: { perSeat: { usd: 1_000 }, maximum: 50 }, year: { perSeat: { usd: 10_000 } } },
      includes: { members: "seats", export: true },
    },
    crew: {
      name: "Crew",
      prices: { month: { base: { usd: 4_900 }, perSeat: { usd: 900 }, included: 5 } },
      includes: { members: "seats", export: true },
    },
    packs: {
      name: "Packs",
      prices: { month: { perPackage: { usd: 5_000 }, size: 5 } },
      includes: { members: "seats", export: true },
    },
    tried: {
      name: "Tried",
      trialDays: 30,
      prices: { month: { perSeat: { usd: 2_000 } } },
      includes: { members: "seats" },
    },
    fleet: {
      name: "Fleet",
      group: "fleet",
      prices: { month: { perSeat: { usd: 300 } } },
      includes: { devices: "seats" },
    },
  },
});

/** The same for worlds, which know the catalog of most tests: what they do with it is the same. */
export const seatCatalog = forTeams as unknown as ExampleCatalog;
