"use client";

import type { Interval } from "@tollgate/core";
import {
  type ComponentPropsWithoutRef,
  forwardRef,
  type ReactNode,
  useImperativeHandle,
  useRef,
} from "react";
import { closed, type FeatureCheck, type UseAccess, useAccess } from "../access/use-access.js";
import { useKeptFocus } from "../focus/use-kept-focus.js";
import type { DeniedCheck } from "./decide-way-out.js";
import type { GateClassNames } from "./gate-class-names.js";
import { GateFailure } from "./gate-failure.js";
import { GatePlaceholder } from "./gate-placeholder.js";
import { UpgradePanel } from "./upgrade-panel.js";

export interface UpgradeGateProps<F extends string = string>
  extends Omit<ComponentPropsWithoutRef<"div">, "children"> {
  /** The catalog's name for what is behind the gate. */
  readonly feature: F;
  /** How many there are already, for a `limit` feature: one more must be allowed for the gate to open. */
  readonly used?: number;
  /** Shown in place of the content when it is closed. @default a panel with the reason and the way out */
  readonly fallback?: ReactNode | ((denial: DeniedCheck) => ReactNode);
  /** Shown until access is known. @default the panel's outline, after a moment */
  readonly loading?: ReactNode;
  /** The interval that the panel offers, if the plan has it. @default "month" */
  readonly interval?: Interval;
  /** A path of yours to come back to after paying. @default this page */
  readonly returnUrl?: string;
  /** A path of yours for "back" in the checkout. @default the return URL */
  readonly cancelUrl?: string;
  readonly classNames?: GateClassNames;
  readonly children?: ReactNode;
}

/**
 * Shows its children when the customer may use a feature, and otherwise why not and what would help.
 * Closed while nothing is known. It is about what people see: guard the data with `billing.require`.
 *
 * The root carries `data-tollgate="upgrade-gate"` and `data-state`: `allowed`, `denied`, `loading` or
 * `failed`.
 *
 * @example
 * <UpgradeGate feature="export" fallback={({ upgradeTo }) => <Teaser plan={upgradeTo} />}>
 *   <ExportButton />
 * </UpgradeGate>
 */
export const UpgradeGate = forwardRef<HTMLDivElement, UpgradeGateProps>(function UpgradeGate(props, ref) {
  const { feature, used, fallback, loading, interval = "month", returnUrl, cancelUrl, ...rest } = props;
  const { classNames = {}, children, ...rootProps } = rest;
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => root.current as HTMLDivElement, []);
  useKeptFocus(root);
  const access = useAccess();
  const check = checkOf(access, feature, used);

  function content(): ReactNode {
    const asked = { feature, used, interval, classNames };
    if (check.allowed) return children;
    const { reason } = check;
    if (reason === "loading") return loading ?? <GatePlaceholder {...asked} />;
    if (reason === "unavailable" || access.state === null) {
      return <GateFailure fetching={access.fetching} onRetry={access.refresh} classNames={classNames} />;
    }
    const denial: DeniedCheck = { ...check, reason };
    if (typeof fallback === "function") return fallback(denial);
    if (fallback !== undefined) return fallback;
    return <UpgradePanel {...asked} check={denial} state={access.state} landing={{ returnUrl, cancelUrl }} />;
  }
  return (
    <div data-tollgate="upgrade-gate" data-state={stateOf(check)} {...rootProps} ref={root}>
      {content()}
    </div>
  );
});

/** A page that is newer than its server asks for a feature that the server does not know yet: then nobody knows. */
function checkOf(access: UseAccess, feature: string, used: number | undefined): FeatureCheck {
  const isKnown = access.status !== "ready" || Object.hasOwn(access.state.features, feature);
  return isKnown ? access.check(feature, used === undefined ? used : { used }) : closed("unavailable");
}

function stateOf(check: FeatureCheck): "allowed" | "loading" | "failed" | "denied" {
  if (check.allowed) return "allowed";
  if (check.reason === "loading") return "loading";
  return check.reason === "unavailable" ? "failed" : "denied";
}
