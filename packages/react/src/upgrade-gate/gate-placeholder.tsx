import { useBilling } from "../billing-context.js";
import type { GateClassNames } from "./gate-class-names.js";

/** Keeps the panel's room while nothing is known; it becomes visible only if that takes a while. */
export function GatePlaceholder({ classNames }: { readonly classNames: GateClassNames }) {
  const { loading } = useBilling().messages.upgradeGate;
  return (
    <div data-tollgate-part="panel" data-placeholder="" className={classNames.panel}>
      <span role="status" data-tollgate-part="spoken">
        {loading}
      </span>
      <p aria-hidden="true" data-tollgate-part="title">
        <span data-tollgate-skeleton="">This feature</span>
      </p>
      <p aria-hidden="true" data-tollgate-part="reason">
        <span data-tollgate-skeleton="">Your plan has it, or it says why not and what would help.</span>
      </p>
      <span aria-hidden="true" data-tollgate-button="secondary" data-tollgate-skeleton="">
        Upgrade
      </span>
    </div>
  );
}
