import { type AccessState, type Catalog, decideAccess } from "@tollgate/core";

/** What nobody in particular may use. Without a catalog no feature is named, and every one is closed. */
export function signedOutAccess(catalog: Catalog | null): AccessState {
  return decideAccess({
    catalog: catalog ?? { features: {}, plans: {}, products: {} },
    customer: null,
    subscriptions: [],
    // Nothing of this answer depends on the time, and server and browser must make the same one.
    now: new Date(0),
  });
}
