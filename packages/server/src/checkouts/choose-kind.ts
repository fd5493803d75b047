import { BillingError, type BillingProvider, type CheckoutKind } from "@tollgate/core";

/**
 * Where a checkout is paid: as it was asked for, or as the provider does it first.
 *
 * @throws BillingError `not_supported`: it is never offered, but a page may be older than the provider that sells now
 */
export function chooseKind(
  { id, checkout }: Pick<BillingProvider, "id" | "checkout">,
  asked?: CheckoutKind,
): CheckoutKind {
  const kind = asked ?? checkout.kinds[0];
  if (checkout.kinds.includes(kind) && kind !== "component") return kind;
  const message =
    kind === "component"
      ? "The payment provider opens its checkout in a component of its own."
      : "The payment provider has no checkout of this kind.";
  throw new BillingError("not_supported", message, { details: { provider: id, kind } });
}
