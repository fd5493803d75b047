import { type AccessState, type Catalog, decideSignedOut } from "@tollgate/core";

/** What a signed-out visitor may use. Without a catalog no feature is named, and every one is closed. */
export function signedOutAccess(catalog?: Catalog): AccessState {
  // Nothing of this answer depends on the time, and server and browser must make the same one.
  return decideSignedOut(catalog ?? { features: {}, plans: {}, products: {} }, new Date(0));
}
