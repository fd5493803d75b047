import type { AccessState } from "@tollgate/core";
import { usePlans } from "../plans/use-plans.js";
import { useBilling } from "../session/billing-context.js";
import { useMessages } from "../session/use-messages.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import type { DeniedCheck } from "./decide-way-out.js";
import { describePanel } from "./describe-panel.js";
import { GateFailure } from "./gate-failure.js";
import { GatePanel } from "./gate-panel.js";
import { GatePlaceholder, type GatePlaceholderProps } from "./gate-placeholder.js";
import { upgradeGateMessages } from "./upgrade-gate-messages.js";
import { type Landing, WayOutAction } from "./way-out-action.js";

interface UpgradePanelProps extends GatePlaceholderProps {
  readonly check: DeniedCheck;
  readonly state: AccessState;
  readonly landing: Landing;
}

/** What a closed gate shows: what it is, why it is closed, what opens it, and one button. */
export function UpgradePanel({ check, state, landing, ...asked }: UpgradePanelProps) {
  const { classNames } = asked;
  useStylesCheck();
  const { locale, changeUrl } = useBilling();
  const messages = useMessages("upgradeGate", upgradeGateMessages);
  // A customer pays in the subscription's currency, whatever the page shows to visitors.
  const currency = state.subscriptions.find(({ status }) => status !== "ended")?.currency;
  const { plans, status, fetching, refresh } = usePlans({ currency, access: state });
  if (status === "loading") return <GatePlaceholder {...asked} />;
  if (status === "failed")
    return <GateFailure fetching={fetching} onRetry={refresh} classNames={classNames} />;
  const panel = describePanel({ ...asked, state, check, plans, locale, messages, changeUrl });
  return (
    <GatePanel panel={panel} classNames={classNames}>
      <WayOutAction {...panel} classNames={classNames} landing={landing} />
    </GatePanel>
  );
}
