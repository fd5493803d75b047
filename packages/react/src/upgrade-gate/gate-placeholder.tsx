import { type Interval, sketchPlans } from "@tollgate/core";
import { closed } from "../access/use-access.js";
import { useBilling } from "../session/billing-context.js";
import { signedOutAccess } from "../session/signed-out-access.js";
import { useMessages } from "../session/use-messages.js";
import { describePanel } from "./describe-panel.js";
import type { GateClassNames } from "./gate-class-names.js";
import { GatePanel } from "./gate-panel.js";
import { upgradeGateMessages } from "./upgrade-gate-messages.js";

export interface GatePlaceholderProps {
  readonly feature: string;
  readonly used: number | undefined;
  readonly interval: Interval;
  readonly classNames: GateClassNames;
}

/**
 * Keeps the panel's space while nothing is known: with the exact words of the panel for a customer without a
 * subscription, as far as the catalog knows them; it becomes visible only if that takes a while.
 */
export function GatePlaceholder({ classNames, ...asked }: GatePlaceholderProps) {
  const { catalog, currency, locale } = useBilling();
  const messages = useMessages("upgradeGate", upgradeGateMessages);
  const nobody = signedOutAccess(catalog);
  const upgradeTo = nobody.features[asked.feature]?.upgradeTo;
  const plans = catalog && sketchPlans(catalog, currency);
  const panel =
    plans && upgradeTo
      ? describePanel({
          ...asked,
          plans,
          locale,
          messages,
          state: {
            ...nobody,
            canManage: true,
            planId: plans.plans.find(({ kind }) => kind === "free")?.id ?? null,
          },
          check: { ...closed("not_in_plan"), upgradeTo },
        })
      : {
          title: messages.thisFeature,
          description: null,
          reason: `${messages.notInPlan(null)} ${messages.offer("Plan", null)}`,
          action: null,
        };
  return (
    <GatePanel panel={panel} classNames={classNames} loading={messages.loading}>
      <span aria-hidden="true" data-tollgate-button="secondary" data-tollgate-skeleton="">
        {panel.action ?? messages.upgrade("Plan")}
      </span>
    </GatePanel>
  );
}
