import { definePlans, type PlansDescription, type Store } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { openWorld, type World } from "./world.js";

const features = { export: { type: "switch", name: "Export" } } as const;
const includes = { export: true } as const;
const catalogOf = (beyond: number) =>
  definePlans({
    features,
    plans: {
      solo: { name: "Solo", prices: { month: { usd: 2_900 } }, includes },
      crew: {
        name: "Crew",
        prices: { month: { base: { usd: 4_900 }, perSeat: { usd: beyond }, included: 5, maximum: 50 } },
        includes,
      },
      volume: {
        name: "Volume",
        prices: {
          month: {
            tiers: [
              { upTo: 10, perUnit: { usd: 900 } },
              { upTo: "unlimited", perUnit: { usd: 700 }, flat: { usd: 500 } },
            ],
            mode: "volume",
          },
        },
        includes,
      },
      packs: { name: "Packs", prices: { month: { perPackage: { usd: 1_000 }, size: 10 } }, includes },
      threes: {
        name: "Threes",
        prices: { month: { perSeat: { usd: 900 }, minimum: 3, maximum: 60, step: 3 } },
        includes,
      },
    },
  });
const plans = catalogOf(900);

let world: World;
let store: Store;
beforeAll(async () => {
  store = memory();
  // The catalog has plans of its own; what a world does with it is the same.
  const catalog = plans as unknown as ExampleCatalog;
  world = await openWorld({ store, rateLimits: false, jobs: "manual", plans: catalog });
});
afterAll(() => world.close());

test("what a push would change of tiers, packages and included seats is told in money", async () => {
  expect(await world.billing.comparePlans()).toMatchObject({ isUpToDate: true });
  const { packs: _, ...others } = catalogOf(1_100).plans;
  const next = { features, plans: others, products: {} };
  const { summary, changes } = await world.billing.comparePlans({ plans: next });
  expect(summary).toEqual([
    "Crew per month in USD was $49 up to 5, then $9 each and is $49 up to 5, then $11 each from now on; nobody pays the old one.",
    "Packs per month in USD was $10 per 10 begun and is no longer sold; nobody pays the old one.",
    "Packs is no longer in the catalog.",
  ]);
  expect(changes[0]).toMatchObject({
    amounts: { was: null, is: null },
    detail: "amount was 4900 up to 5, then 900 each, is 4900 up to 5, then 1100 each",
    rates: { was: { kind: "graduated" }, is: { kind: "graduated" } },
  });
});

test("GET /plans says what several cost", async () => {
  const { body } = await world.call("GET", "/plans");
  const shown = (body as PlansDescription).plans.map(({ id, prices }) => [id, prices[0]?.model]);
  expect(shown).toEqual([
    ["solo", "flat"],
    ["crew", "tiered"],
    ["volume", "tiered"],
    ["packs", "package"],
    ["threes", "per_seat"],
  ]);
});
