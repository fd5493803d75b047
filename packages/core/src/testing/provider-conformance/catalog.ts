import { afterEach, expect, it } from "vitest";
import type { Catalog } from "../../catalog/catalog.js";
import { pricesOf } from "../../catalog/prices.js";
import type { CatalogChange } from "../../ports/provider-catalog.js";
import { buildCatalog } from "../building/build-catalog.js";
import { database, openCheckout, readOurs, starterOffer, subscribe, type World } from "./buyer.js";
import type { ProviderSetup } from "./driver.js";

export function describeCatalog(setup: () => Promise<ProviderSetup>): void {
  const opened: ProviderSetup[] = [];
  const fresh = async (): Promise<World> => {
    const world = await setup();
    opened.push(world);
    return { ...world, catalog: buildCatalog() };
  };
  afterEach(async () => {
    for (const world of opened.splice(0)) await world.close();
  });

  async function pushed(skip: (reason: string) => never) {
    const world = await fresh();
    const { catalog } = world.provider;
    if (catalog.kind !== "pushed") return skip("its catalog is mapped");
    return { ...world, push: catalog.push, compare: catalog.compare };
  }
  async function mapped(skip: (reason: string) => never) {
    const world = await fresh();
    const { catalog } = world.provider;
    if (catalog.kind !== "mapped") return skip("its catalog is pushed");
    const problems = async (wanted: Catalog) =>
      (await catalog.compare(wanted, { database })).filter(({ action }) => action !== "unchanged");
    return { ...world, problems };
  }

  it("creates a product for everything that is for sale, with every price", async ({ skip }) => {
    const { push, catalog } = await pushed(skip);
    const changes = await push(catalog, { database });
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["created"]));
    const products = changes.filter(({ kind }) => kind === "product").map(({ catalogId }) => catalogId);
    expect(products.sort()).toEqual(["care", "credits", "pro", "starter", "team"]);
    for (const price of Object.entries(catalog.plans).flatMap(([id, plan]) => pricesOf(id, plan))) {
      const { planId, interval, currency } = price;
      expect(changes).toContainEqual(
        expect.objectContaining({ kind: "price", catalogId: planId, interval, currency }),
      );
    }
  });

  it("says beforehand what a push will do, and changes nothing by that", async ({ skip }) => {
    const { push, compare, catalog } = await pushed(skip);
    const { starter: _, ...others } = catalog.plans;
    const nexts: readonly Catalog[] = [
      catalog,
      dearer(catalog),
      { ...catalog, plans: others },
      catalog,
      catalog,
    ];
    for (const next of nexts) {
      const said = await compare(next, { database });
      expect(await compare(next, { database })).toEqual(said);
      const done = await push(next, { database });
      expect(done.map(toAction)).toEqual(said.map(toAction));
    }
  });

  it("refuses to compare what another database pushed", async ({ skip }) => {
    const { push, compare, catalog } = await pushed(skip);
    await push(catalog, { database: "another" });
    await expect(compare(catalog, { database })).rejects.toMatchObject({
      code: "catalog_of_another_database",
    });
  });

  it("finds everything unchanged the second time", async ({ skip }) => {
    const { push, catalog } = await pushed(skip);
    const first = await push(catalog, { database });
    const second = await push(catalog, { database });
    expect(second.map(({ action }) => action)).toEqual(first.map(() => "unchanged"));
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  it("replaces a price whose amount changed, and only that one", async ({ skip }) => {
    const { push, catalog } = await pushed(skip);
    await push(catalog, { database });
    const changed = (await push(dearer(catalog), { database })).filter(
      ({ action }) => action !== "unchanged",
    );
    expect(changed).toMatchObject([
      { action: "replaced", kind: "price", catalogId: "starter", interval: "month", currency: "usd" },
    ]);
    expect(changed[0]?.detail).toMatch(/900.*1900/);
    const again = await push(dearer(catalog), { database });
    expect(again.every(({ action }) => action === "unchanged")).toBe(true);
  });

  it("leaves the old price to those who bought it, and sells the new one", async ({ skip }) => {
    const { push, ...world } = await pushed(skip);
    await push(world.catalog, { database });
    const early = await subscribe(world, starterOffer);
    const later = { ...world, catalog: dearer(world.catalog) };
    await push(later.catalog, { database });
    const kept = await readOurs(world, early);
    expect(kept).toMatchObject({ planId: "starter", status: "active", items: [{ unitAmount: 900 }] });
    const late = await subscribe(later, starterOffer);
    expect(late).toMatchObject({ planId: "starter", items: [{ unitAmount: 1900 }] });
  });

  it("refuses to sell what was not pushed, or not mapped", async () => {
    const world = await fresh();
    const isPushed = world.provider.catalog.kind === "pushed";
    const code = isPushed ? "price_not_pushed" : "price_not_mapped";
    const later = { ...world, catalog: richer(world.catalog) };
    const details = { planId: "gold", interval: "month", currency: "usd" };
    await expect(openCheckout(later, { ...starterOffer, planId: "gold" })).rejects.toMatchObject({
      code,
      ...(!isPushed && { details }),
    });
  });

  it("finds everything mapped as it should be", async ({ skip }) => {
    const { catalog, problems } = await mapped(skip);
    expect(await problems(catalog)).toEqual([]);
  });

  it("says what is not mapped, and where", async ({ skip }) => {
    const { catalog, problems } = await mapped(skip);
    const price = { action: "missing", kind: "price", catalogId: "gold", interval: "month", currency: "usd" };
    expect(await problems(richer(catalog))).toMatchObject([{ ...price, providerId: null }]);
  });

  it("says which price is not what the catalog says, and refuses to sell it", async ({ skip }) => {
    const { problems, ...world } = await mapped(skip);
    const catalog = dearer(world.catalog);
    const price = {
      action: "differs",
      kind: "price",
      catalogId: "starter",
      interval: "month",
      currency: "usd",
    };
    expect(await problems(catalog)).toMatchObject([{ ...price, detail: expect.stringMatching(/900.*1900/) }]);
    await expect(openCheckout({ ...world, catalog }, starterOffer)).rejects.toMatchObject({
      code: "price_not_mapped",
    });
  });
}

/** The same catalog, with one plan more. */
function richer(catalog: Catalog): Catalog {
  const gold = { name: "Gold", prices: { month: { usd: 9900 } }, includes: {} };
  return { ...catalog, plans: { ...catalog.plans, gold } };
}

/** The same catalog, with `starter` at $19 instead of $9. */
function dearer(catalog: Catalog): Catalog {
  const { starter, ...others } = catalog.plans;
  if (starter === undefined) throw new Error("The catalog has no starter plan.");
  const prices = { month: { usd: 1900, eur: 800 } };
  return { ...catalog, plans: { ...others, starter: { ...starter, prices } } };
}

function idsOf(changes: readonly { readonly providerId: string | null }[]): readonly (string | null)[] {
  return changes.map(({ providerId }) => providerId).sort();
}

/** All but the provider's ids: what is yet to be made has none. */
function toAction({ providerId: _, ...change }: CatalogChange) {
  return change;
}
