import { Button } from "../button/button.js";
import { openCheckout } from "../checkout/use-checkout.js";
import { openPortal } from "../portal/use-portal.js";
import { useBilling } from "../session/billing-context.js";
import type { BillingSession } from "../session/create-session.js";
import { useMessages } from "../session/use-messages.js";
import { useOpening } from "../session/use-opening.js";
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
  const { state, start } = useOpening(openWay);
  const { kind } = wayOut;
  if (kind === "none") return null;
  if (kind === "ask_manager") {
    return (
      <p data-tollgate-part="note" className={classNames.note}>
        {messages.askManager}
      </p>
    );
  }
  if (kind === "link") {
    const href = "url" in wayOut ? wayOut.url : signInUrl;
    return (
      href && (
        <a href={href} data-tollgate-button="primary" className={classNames.action}>
          {action}
        </a>
      )
    );
  }
  const { status } = state;
  return (
    <>
      <Button
        variant="primary"
        busy={status === "opening"}
        busyLabel={messages.opening}
        onClick={() => void start({ ...landing, ...wayOut })}
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

function openWay(
  session: BillingSession,
  way: Extract<WayOut, { kind: "checkout" | "portal" }> & Landing,
  signal: AbortSignal,
): Promise<{ readonly url: string }> {
  return way.kind === "portal" ? openPortal(session, way, signal) : openCheckout(session, way, signal);
}
