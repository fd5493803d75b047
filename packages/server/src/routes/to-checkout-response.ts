import { BillingError, type CheckoutKind } from "@tollgate/core";
import type { CheckoutResponse } from "@tollgate/core/contract";
import type { OpenCheckout } from "../checkouts/open-checkout.js";

/** Where to send the person, or what a page of the app shows it with. */
export function toCheckoutResponse(
  kind: CheckoutKind,
  { id, url, clientSecret, expiresAt }: OpenCheckout,
): CheckoutResponse {
  const isOnPage = kind === "embedded" || kind === "elements";
  if (isOnPage && clientSecret !== null) return { id, kind, url: null, clientSecret, expiresAt };
  if ((kind === "hosted" || kind === "overlay") && url !== null) {
    return { id, kind, url, clientSecret: null, expiresAt };
  }
  throw new BillingError("provider_unavailable", "The checkout has no page. Try again.");
}
