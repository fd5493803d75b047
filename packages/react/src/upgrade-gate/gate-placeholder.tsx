import { useBilling } from "../billing-context.js";
import { useMessages } from "../use-messages.js";
import type { GateClassNames } from "./gate-class-names.js";
import { upgradeGateMessages } from "./upgrade-gate-messages.js";

interface GatePlaceholderProps {
  readonly feature: string;
  readonly classNames: GateClassNames;
}

/**
 * Keeps the panel's room while nothing is known, line by line as far as the catalog tells; it becomes
 * visible only if that takes a while.
 */
export function GatePlaceholder({ feature, classNames }: GatePlaceholderProps) {
  const { catalog } = useBilling();
  const messages = useMessages("upgradeGate", upgradeGateMessages);
  const known =
    catalog !== null && Object.hasOwn(catalog.features, feature) ? catalog.features[feature] : null;
  return (
    <div data-tollgate-part="panel" data-placeholder="" className={classNames.panel}>
      <span role="status" data-tollgate-part="spoken">
        {messages.loading}
      </span>
      <p aria-hidden="true" data-tollgate-part="title">
        <span data-tollgate-skeleton="">{known?.name ?? messages.thisFeature}</span>
      </p>
      {known?.description && (
        <p aria-hidden="true" data-tollgate-part="description">
          <span data-tollgate-skeleton="">{known.description}</span>
        </p>
      )}
      <p aria-hidden="true" data-tollgate-part="reason">
        <span data-tollgate-skeleton="">
          {messages.notInPlan(null)} {messages.offer("Plan", null)}
        </span>
      </p>
      <span aria-hidden="true" data-tollgate-button="secondary" data-tollgate-skeleton="">
        {messages.upgrade("Plan")}
      </span>
    </div>
  );
}
