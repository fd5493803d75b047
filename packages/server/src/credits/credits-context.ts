import type { CatalogContext } from "../context/billing-context.js";
import type { CreditsDesk } from "./credits-desk.js";

/** What credits are worked with. */
export interface CreditsContext extends CatalogContext {
  readonly creditsDesk: CreditsDesk;
  readonly graceDays: number;
}
