import { type AccessState, type Catalog, describePlans, type Interval } from "@tollgate/core";
import { useBilling } from "../billing-context.js";
import { useMessages } from "../use-messages.js";
import { describeAction } from "./describe-denial.js";
import { describePanel, type PanelDescription } from "./describe-panel.js";
import type { GateClassNames } from "./gate-class-names.js";
import { type UpgradeGateMessages, upgradeGateMessages } from "./upgrade-gate-messages.js";

interface GatePlaceholderProps {
  readonly feature: string;
  readonly used: number | undefined;
  readonly interval: Interval;
  readonly classNames: GateClassNames;
}

/**
 * Keeps the panel's room while nothing is known: with the very words of the panel for a customer without a
 * subscription, as far as the catalog tells; it becomes visible only if that takes a while.
 */
export function GatePlaceholder({ feature, used, interval, classNames }: GatePlaceholderProps) {
  const { catalog, currency, locale } = useBilling();
  const messages = useMessages("upgradeGate", upgradeGateMessages);
  const asked = { feature, used, interval, locale, messages };
  const likely = catalog && describeLikely(catalog, asked, currency ?? undefined);
  return (
    <div data-tollgate-part="panel" data-placeholder="" className={classNames.panel}>
      <span role="status" data-tollgate-part="spoken">
        {messages.loading}
      </span>
      <p aria-hidden="true" data-tollgate-part="title">
        <span data-tollgate-skeleton="">{likely?.feature?.name ?? messages.thisFeature}</span>
      </p>
      {likely?.feature?.description && (
        <p aria-hidden="true" data-tollgate-part="description">
          <span data-tollgate-skeleton="">{likely.feature.description}</span>
        </p>
      )}
      <p aria-hidden="true" data-tollgate-part="reason">
        <span data-tollgate-skeleton="">
          {likely?.reason ?? `${messages.notInPlan(null)} ${messages.offer("Plan", null)}`}
        </span>
      </p>
      <span aria-hidden="true" data-tollgate-button="secondary" data-tollgate-skeleton="">
        {sayAction(likely, messages)}
      </span>
    </div>
  );
}

function sayAction(likely: PanelDescription | null, messages: UpgradeGateMessages): string {
  const kind = likely?.wayOut.kind;
  if (kind === "contact") return messages.contact;
  if (likely?.wayOut.kind !== "checkout" && likely?.wayOut.kind !== "portal") return messages.upgrade("Plan");
  return describeAction(likely.wayOut, likely.plan, messages);
}

interface Asked {
  readonly feature: string;
  readonly used: number | undefined;
  readonly interval: Interval;
  readonly locale: string;
  readonly messages: UpgradeGateMessages;
}

function describeLikely(
  catalog: Catalog,
  asked: Asked,
  currency: string | undefined,
): PanelDescription | null {
  if (!Object.hasOwn(catalog.features, asked.feature)) return null;
  const plans = describePlans(catalog, currency);
  const free = plans.plans.find(({ kind }) => kind === "free");
  if (free?.includes[asked.feature] !== undefined) return null;
  const upgradeTo = plans.plans.find(({ includes }) => includes[asked.feature] !== undefined)?.id ?? null;
  const check = { allowed: false, reason: "not_in_plan", limit: null, remaining: 0, upgradeTo } as const;
  return describePanel({ ...asked, state: { ...nothingBought, planId: free?.id ?? null }, check, plans });
}

/** Not decided by core, which would be carried to every gate for a guess. */
const nothingBought: AccessState = {
  customerId: "",
  canManage: true,
  hasBillingAccount: false,
  planId: null,
  subscription: null,
  subscriptions: [],
  attention: null,
  owned: {},
  graceEndsAt: null,
  trialUsed: false,
  features: {},
  degraded: false,
  decidedAt: "",
};
