import { usePortal } from "../billing-portal-button/use-portal.js";
import { useCheckout } from "../checkout/use-checkout.js";
import type { WayOut } from "./decide-way-out.js";

/** Where the person lands afterwards; see `useCheckout`. */
export interface Landing {
  readonly returnUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

/** Walks the way out that was decided: one button, whether it leads to checkout or to the portal. */
export function useWayOut(wayOut: WayOut, { returnUrl, cancelUrl }: Landing) {
  const checkout = useCheckout();
  const portal = usePortal();
  const status = wayOut.kind === "portal" ? portal.status : checkout.status;

  function walk(): void {
    if (wayOut.kind === "portal") {
      void portal.open({ flow: wayOut.flow ?? undefined, returnUrl });
    }
    if (wayOut.kind === "checkout") {
      const { planId, interval, currency, quantity } = wayOut;
      const choice = { planId, interval, currency, quantity: quantity ?? undefined };
      void checkout.start({ ...choice, returnUrl, cancelUrl });
    }
  }
  return { busy: status === "opening", failed: status === "failed", walk };
}
