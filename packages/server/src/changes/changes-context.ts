import type { ChangePolicies } from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";

/** What changes of subscriptions are decided and made with. */
export interface ChangesContext extends CatalogContext {
  readonly changePolicies: ChangePolicies;
}
