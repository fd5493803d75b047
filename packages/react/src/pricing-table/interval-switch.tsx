import type { Interval } from "@tollgate/core";
import { useId } from "react";
import type { YearlySaving } from "./decide-saving.js";
import type { PricingTableMessages } from "./pricing-table-messages.js";

interface IntervalSwitchProps {
  readonly interval: Interval;
  readonly intervals: readonly Interval[];
  readonly saving: YearlySaving | null;
  readonly messages: PricingTableMessages;
  readonly onChange: (interval: Interval) => void;
  readonly className?: string | undefined;
}

/** Native radios drawn as segments: arrows, space and screen readers work as they always do. */
export function IntervalSwitch({
  interval,
  intervals,
  saving,
  messages,
  onChange,
  className,
}: IntervalSwitchProps) {
  const name = useId();
  return (
    <fieldset data-tollgate-part="interval-switch" className={className}>
      <legend data-tollgate-part="spoken">{messages.billingPeriod}</legend>
      {intervals.map((one) => (
        <label key={one} data-tollgate-part="segment" data-state={one === interval ? "checked" : "unchecked"}>
          <input
            type="radio"
            name={name}
            value={one}
            checked={one === interval}
            onChange={() => onChange(one)}
          />
          <span>{messages.intervalName(one)}</span>
          {one === "year" && saving ? (
            <span data-tollgate-part="saving">{saySaving(saving, messages)}</span>
          ) : null}
        </label>
      ))}
    </fieldset>
  );
}

function saySaving(saving: YearlySaving, messages: PricingTableMessages): string {
  return saving.kind === "months"
    ? messages.saveMonths(saving.months)
    : messages.savePercent(saving.percent, saving.upTo);
}
