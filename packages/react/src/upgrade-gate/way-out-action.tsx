import { Button } from "../button/button.js";
import { useCheckout } from "../checkout/use-checkout.js";
import { usePortal } from "../portal/use-portal.js";
import { useBilling } from "../session/billing-context.js";
import { useMessages } from "../session/use-messages.js";
import type { WayOut } from "./decide-way-out.js";
import type { GateClassNames } from "./gate-class-names.js";
import { upgradeGateMessages } from "./upgrade-gate-messages.js";

/** Where the person lands afterwards; see `useCheckout`. */
export interface Landing {
  readonly returnUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

interface WayOutActionProps {
  readonly wayOut: WayOut;
  /** What the button or link says. */
  readonly action: string | null;
  readonly classNames: GateClassNames;
  readonly landing: Landing;
}

/** The panel's one button or link, or the sentence that stands in its place. */
export function WayOutAction({ wayOut, action, classNames, landing }: WayOutActionProps) {
  const { signInUrl } = useBilling();
  const messages = useMessages("upgradeGate", upgradeGateMessages);
  const checkout = useCheckout();
  const portal = usePortal();
  if (wayOut.kind === "ask_manager") {
    return (
      <p data-tollgate-part="note" className={classNames.note}>
        {messages.askManager}
      </p>
    );
  }
  if (wayOut.kind !== "checkout" && wayOut.kind !== "portal") {
    const href = wayOut.kind === "contact" ? wayOut.url : wayOut.kind === "sign_in" ? signInUrl : undefined;
    return (
      href && (
        <a href={href} data-tollgate-button="primary" className={classNames.action}>
          {action}
        </a>
      )
    );
  }
  const { status } = wayOut.kind === "portal" ? portal : checkout;

  function walk(): void {
    if (wayOut.kind === "portal") {
      void portal.open({ flow: wayOut.flow ?? undefined, returnUrl: landing.returnUrl });
    } else if (wayOut.kind === "checkout") {
      const { planId, interval, currency, quantity } = wayOut;
      void checkout.start({ planId, interval, currency, quantity: quantity ?? undefined, ...landing });
    }
  }
  return (
    <>
      <Button
        variant="primary"
        busy={status === "opening"}
        busyLabel={messages.opening}
        onClick={walk}
        className={classNames.action}
      >
        {action}
      </Button>
      {/* Always there, so that what appears in it is announced. */}
      <p role="status" data-tollgate-part="error" className={classNames.note}>
        {status === "failed" && messages.openingFailed}
      </p>
    </>
  );
}
