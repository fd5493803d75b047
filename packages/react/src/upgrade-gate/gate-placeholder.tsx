import { type Catalog, describePlans, type Interval } from "@tollgate/core";
import { useBilling } from "../session/billing-context.js";
import { useMessages } from "../session/use-messages.js";
import { type DenialInput, describePanel, type PanelDescription } from "./describe-panel.js";
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
  const unknown = {
    title: messages.thisFeature,
    description: null,
    reason: `${messages.notInPlan(null)} ${messages.offer("Plan", null)}`,
    action: null,
  };
  const likely = catalog && describeLikely(catalog, { ...asked, locale, messages }, currency);
  const panel = likely ?? unknown;
  return (
    <GatePanel panel={panel} classNames={classNames} loading={messages.loading}>
      <span aria-hidden="true" data-tollgate-button="secondary" data-tollgate-skeleton="">
        {panel.action ?? messages.upgrade("Plan")}
      </span>
    </GatePanel>
  );
}

function describeLikely(
  catalog: Catalog,
  asked: Omit<DenialInput, "state" | "check" | "plans">,
  currency: string | undefined,
): PanelDescription | null {
  const { feature } = asked;
  if (!Object.hasOwn(catalog.features, feature)) return null;
  const plans = describePlans(catalog, currency);
  const free = plans.plans.find(({ kind }) => kind === "free");
  if (free?.includes[feature] !== undefined) return null;
  const upgradeTo = plans.plans.find(({ includes }) => includes[feature] !== undefined)?.id ?? null;
  const check = { allowed: false, reason: "not_in_plan", limit: null, remaining: 0, upgradeTo } as const;
  // Not decided by core, which every gate would then load for a guess.
  const nothing = { canManage: true, subscriptions: [], offers: {}, features: {} };
  return describePanel({ ...asked, state: { ...nothing, planId: free?.id ?? null }, check, plans });
}
