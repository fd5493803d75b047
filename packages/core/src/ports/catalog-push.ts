import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";

/** One thing that `pushCatalog` did, or found to be as it should. */
export interface CatalogChange {
  /** `failed`: nothing else was held up by it, and the next push tries it again. */
  readonly action: "created" | "updated" | "replaced" | "archived" | "unchanged" | "failed";
  /** `portal`: where customers manage what they have; reported only if it failed. */
  readonly kind: "product" | "price" | "portal";
  /** The plan or product in the catalog; a portal's name. */
  readonly catalogId: string;
  /** For prices. */
  readonly interval: Interval | null;
  readonly currency: Currency | null;
  /** The provider's id; `null` for what could not be created. */
  readonly providerId: string | null;
  /** In words: "amount was 1900, is 2900", or why it failed, as the provider says it. */
  readonly detail: string;
}

/** On whose behalf a catalog is pushed. */
export interface CatalogPush {
  /** The installation id of our database, left on the products. */
  readonly database: string;
  /** Whether a catalog that another database pushed under our app's name is ours from now on. @default false */
  readonly takeOver?: boolean;
}
