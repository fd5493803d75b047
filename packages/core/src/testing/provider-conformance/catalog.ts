import { afterEach, expect, it } from "vitest";
import type { Catalog } from "../../catalog/catalog.js";
import { pricesOf } from "../../catalog/prices.js";
import { buildCatalog } from "../building/builders.js";
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

  it("creates a product for everything that is for sale, with every price", async () => {
    const { provider, catalog } = await fresh();
    const changes = await provider.pushCatalog(catalog, { database });
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

  it("finds everything unchanged the second time", async () => {
    const { provider, catalog } = await fresh();
    const first = await provider.pushCatalog(catalog, { database });
    const second = await provider.pushCatalog(catalog, { database });
    expect(second.map(({ action }) => action)).toEqual(first.map(() => "unchanged"));
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  it("replaces a price whose amount changed, and only that one", async () => {
    const { provider, catalog } = await fresh();
    await provider.pushCatalog(catalog, { database });
    const changed = (await provider.pushCatalog(dearer(catalog), { database })).filter(
      ({ action }) => action !== "unchanged",
    );
    expect(changed).toMatchObject([
      { action: "replaced", kind: "price", catalogId: "starter", interval: "month", currency: "usd" },
    ]);
    expect(changed[0]?.detail).toMatch(/900.*1900/);
    const again = await provider.pushCatalog(dearer(catalog), { database });
    expect(again.every(({ action }) => action === "unchanged")).toBe(true);
  });

  it("leaves the old price to those who bought it, and sells the new one", async () => {
    const world = await fresh();
    await world.provider.pushCatalog(world.catalog, { database });
    const early = await subscribe(world, starterOffer);
    const later = { ...world, catalog: dearer(world.catalog) };
    await world.provider.pushCatalog(later.catalog, { database });
    const kept = await readOurs(world, early.id);
    expect(kept).toMatchObject({ planId: "starter", status: "active", items: [{ unitAmount: 900 }] });
    const late = await subscribe(later, starterOffer);
    expect(late).toMatchObject({ planId: "starter", items: [{ unitAmount: 1900 }] });
  });

  it("refuses to sell what was not pushed", async () => {
    const world = await fresh();
    await expect(openCheckout(world, starterOffer)).rejects.toMatchObject({ code: "price_not_pushed" });
  });
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
