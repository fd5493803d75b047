import type { ChangePolicies } from "@tollgate/core";
import type { CreditsContext } from "../credits/credits-context.js";

/** What changes of subscriptions are decided and made with. */
export interface ChangesContext extends CreditsContext {
  readonly changePolicies: ChangePolicies;
}
