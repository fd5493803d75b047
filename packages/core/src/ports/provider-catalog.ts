import type { Catalog } from "../catalog/catalog.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { PriceRate } from "../language/price-rate.js";

/** One thing that a push did or a comparison found, or that is as it should be. */
export interface CatalogChange {
  /**
   * `failed`: nothing else was held up by it, and the next push tries it again. Of a catalog that is mapped: `missing`,
   * no id is given for it or the provider has nothing under that id, and `differs`, what is there is not what the catalog
   * says; both are for a person to put right.
   */
  readonly action:
    | "created"
    | "updated"
    | "replaced"
    | "archived"
    | "unchanged"
    | "failed"
    | "missing"
    | "differs";
  /** `coupon`: what an intro takes off. `portal`: where customers manage what they have; reported only if it failed. */
  readonly kind: "product" | "price" | "coupon" | "portal";
  /**
   * The plan, product or add-on in the catalog; the feature whose use is sold, of the provider's product for it; a
   * portal's name.
   */
  readonly catalogId: string;
  /** For what is charged for use, the metered feature. Absent for anything else. */
  readonly feature?: string;
  /** For prices and coupons. */
  readonly interval: Interval | null;
  readonly currency: Currency | null;
  /** The provider's id; `null` for what could not be created. */
  readonly providerId: string | null;
  /**
   * Of a price, per unit in minor units: before and now, `null` where there is none, or no single amount. Absent for
   * anything else.
   */
  readonly amounts?: { readonly was: number | null; readonly is: number | null };
  /** Of a price in tiers or packages, before or now: what several cost. Absent where both have an amount for each. */
  readonly rates?: { readonly was: PriceRate | null; readonly is: PriceRate | null };
  /** In words: "amount was 1900, is 2900", or why it failed, as the provider says it; what is to be mapped, and where. */
  readonly detail: string;
}

/** On whose behalf a catalog is pushed. */
export interface CatalogPush {
  /** The installation id of our database, left on the products. */
  readonly database: string;
  /** Whether a catalog that another database pushed under our app's name is ours from now on. @default false */
  readonly takeOver?: boolean;
}

/** The provider has what the catalog says because we put it there. */
export interface PushedCatalog {
  readonly kind: "pushed";
  /**
   * Creates or updates products and prices so that the provider has what the catalog says. Prices are found by lookup
   * key. An amount that changed becomes a new price; those who bought the old one keep it.
   *
   * What is refused does not hold up the rest: its change is `failed`.
   *
   * @throws BillingError `catalog_of_another_database`, before anything is changed; `provider_unavailable` and
   * `provider_rejected` where nothing can get through
   */
  push(catalog: Catalog, push: CatalogPush): Promise<readonly CatalogChange[]>;
  /**
   * What `push` would do now, and changes nothing; `providerId` is what there is of it before.
   *
   * @throws BillingError `catalog_of_another_database`, `provider_unavailable`, `provider_rejected`
   */
  compare(catalog: Catalog, push: CatalogPush): Promise<readonly CatalogChange[]>;
  /**
   * What of the catalog is sold by prices that somebody made, which a push never touches, and what its intros take off,
   * compared with it: `unchanged`, `missing` or `differs`. Absent: everything is pushed.
   *
   * @throws BillingError `provider_unavailable`, `provider_rejected`
   */
  compareMapped?(catalog: Catalog): Promise<readonly CatalogChange[]>;
  /** The database that pushed our app's catalog; `null`: none did, or one that left no name. */
  findOwner(): Promise<string | null>;
}

/** Products and prices are made by hand at the provider, and its options say which of them is what in the catalog. */
export interface MappedCatalog {
  readonly kind: "mapped";
  /**
   * Compares what is mapped with what the catalog says, and changes nothing: `unchanged`, `missing` or `differs` for
   * everything that is for sale, a price with and without its trial included.
   *
   * @throws BillingError `provider_unavailable`, `provider_rejected`
   */
  compare(catalog: Catalog, push: CatalogPush): Promise<readonly CatalogChange[]>;
}

/** How the provider comes to have the catalog. */
export type ProviderCatalog = PushedCatalog | MappedCatalog;
