import type { CatalogContext } from "../context/billing-context.js";

/** What a migration is worked out with. */
export interface MigrationContext extends CatalogContext {
  readonly graceDays: number;
}
