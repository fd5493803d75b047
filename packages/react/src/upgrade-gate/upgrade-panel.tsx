import type { AccessState, Interval } from "@tollgate/core";
import { useId } from "react";
import { useBilling } from "../billing-context.js";
import { usePlans } from "../plans/use-plans.js";
import { useStylesCheck } from "../styles/use-styles-check.js";
import { useMessages } from "../use-messages.js";
import type { DeniedCheck } from "./decide-way-out.js";
import { describePanel } from "./describe-panel.js";
import type { GateClassNames } from "./gate-class-names.js";
import { GateFailure } from "./gate-failure.js";
import { GatePlaceholder } from "./gate-placeholder.js";
import { upgradeGateMessages } from "./upgrade-gate-messages.js";
import type { Landing } from "./use-way-out.js";
import { WayOutAction } from "./way-out-action.js";

export interface UpgradePanelProps extends Landing {
  readonly feature: string;
  readonly used: number | undefined;
  readonly check: DeniedCheck;
  readonly state: AccessState;
  readonly interval: Interval;
  readonly classNames: GateClassNames;
}

/** What a closed gate shows: what it is, why it is closed, what opens it, and one button. */
export function UpgradePanel(props: UpgradePanelProps) {
  const { feature, used, check, state, interval, classNames } = props;
  useStylesCheck();
  const { locale } = useBilling();
  const messages = useMessages("upgradeGate", upgradeGateMessages);
  // A customer pays in the subscription's currency, whatever the page shows to visitors.
  const paid = state.subscriptions.find(({ status }) => status !== "ended")?.currency;
  const { plans, status, fetching, refresh } = usePlans(paid === undefined ? {} : { currency: paid });
  const titleId = useId();
  if (status === "loading") return <GatePlaceholder {...{ feature, used, interval, classNames }} />;
  if (status === "failed")
    return <GateFailure fetching={fetching} onRetry={refresh} classNames={classNames} />;

  const panel = describePanel({ state, check, plans, interval, locale, messages, used, feature });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls; this groups text and a button.
    <div role="group" aria-labelledby={titleId} data-tollgate-part="panel" className={classNames.panel}>
      <p id={titleId} data-tollgate-part="title" className={classNames.title}>
        {panel.feature?.name ?? messages.thisFeature}
      </p>
      {panel.feature?.description && <p data-tollgate-part="description">{panel.feature.description}</p>}
      <p data-tollgate-part="reason" className={classNames.reason}>
        {panel.reason}
      </p>
      <WayOutAction
        wayOut={panel.wayOut}
        plan={panel.plan}
        classNames={classNames}
        returnUrl={props.returnUrl}
        cancelUrl={props.cancelUrl}
      />
    </div>
  );
}
