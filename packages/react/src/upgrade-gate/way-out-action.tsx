import type { PlanDescription } from "@tollgate/core";
import { useBilling } from "../billing-context.js";
import { Button } from "../button/button.js";
import { useMessages } from "../use-messages.js";
import type { WayOut } from "./decide-way-out.js";
import { describeAction } from "./describe-denial.js";
import type { GateClassNames } from "./gate-class-names.js";
import { upgradeGateMessages } from "./upgrade-gate-messages.js";
import { type Landing, useWayOut } from "./use-way-out.js";

interface WayOutActionProps extends Landing {
  readonly wayOut: WayOut;
  readonly plan: PlanDescription | undefined;
  readonly classNames: GateClassNames;
}

/** The panel's one button or link, or the sentence that stands in its place. */
export function WayOutAction({ wayOut, plan, classNames, ...landing }: WayOutActionProps) {
  const { signInUrl } = useBilling();
  const messages = useMessages("upgradeGate", upgradeGateMessages);
  const { busy, failed, walk } = useWayOut(wayOut, landing);

  switch (wayOut.kind) {
    case "none":
      return null;
    case "ask_manager":
      return (
        <p data-tollgate-part="note" className={classNames.note}>
          {messages.askManager}
        </p>
      );
    case "sign_in":
      return signInUrl === null ? null : (
        <a href={signInUrl} data-tollgate-button="primary" className={classNames.action}>
          {messages.signIn}
        </a>
      );
    case "contact":
      return (
        <a href={wayOut.url} data-tollgate-button="primary" className={classNames.action}>
          {messages.contact}
        </a>
      );
    default:
      return (
        <>
          <Button
            variant="primary"
            busy={busy}
            busyLabel={messages.opening}
            onClick={walk}
            className={classNames.action}
          >
            {describeAction(wayOut, plan, messages)}
          </Button>
          {/* Always there, so that what appears in it is announced. */}
          <p role="status" data-tollgate-part="error" className={classNames.note}>
            {failed && messages.openingFailed}
          </p>
        </>
      );
  }
}
