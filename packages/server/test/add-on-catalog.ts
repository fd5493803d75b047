import { definePlans } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";

const { features, plans, products } = buildCatalog();

/**
 * The catalog of most tests, with add-ons: one for every plan, one by the month and for some, one that stands alone; and a
 * plan that includes one of them.
 */
const withAddOns = definePlans({
  features,
  plans: {
    ...plans,
    max: {
      name: "Max",
      prices: { month: { usd: 9_900, eur: 9_000 }, year: { usd: 99_000, eur: 90_000 } },
      includes: { support: true, projects: 500 },
    },
  },
  products,
  addOns: {
    storage: {
      name: "Storage",
      prices: { month: { usd: 500, eur: 450 }, year: { usd: 5_000, eur: 4_500 } },
      maximum: 20,
      includes: { projects: 10 },
    },
    help: {
      name: "Help",
      prices: { month: { usd: 1_500 } },
      plans: ["pro", "team"],
      maximum: 1,
      includes: { support: true },
    },
    fax: { name: "Fax", prices: { month: { usd: 100 } }, includes: {}, retired: true },
  },
});

/** The same for worlds, which know the catalog of most tests: what they do with it is the same. */
export const addOnCatalog = withAddOns as unknown as ExampleCatalog;
