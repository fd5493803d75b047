import { Button } from "../button/button.js";
import { useMessages } from "../session/use-messages.js";
import type { GateClassNames } from "./gate-class-names.js";
import { upgradeGateMessages } from "./upgrade-gate-messages.js";

interface GateFailureProps {
  readonly fetching: boolean;
  readonly onRetry: () => Promise<void>;
  readonly classNames: GateClassNames;
}

/** Closed because nobody knows: says so, and asks again on request. */
export function GateFailure({ fetching, onRetry, classNames }: GateFailureProps) {
  const { failed, retry, loading } = useMessages("upgradeGate", upgradeGateMessages);
  return (
    <div data-tollgate-part="panel" className={classNames.panel}>
      <p role="status" data-tollgate-part="reason" className={classNames.reason}>
        {failed}
      </p>
      <Button
        variant="secondary"
        busy={fetching}
        busyLabel={loading}
        className={classNames.action}
        onClick={() => void onRetry()}
      >
        {retry}
      </Button>
    </div>
  );
}
