import { useId } from "react";
import type { YearlySaving } from "./decide-saving.js";
import type { PlanMessages } from "./pricing-table-messages.js";
import type { PricingTableState } from "./use-pricing-table.js";

interface IntervalSwitchProps {
  readonly table: PricingTableState;
  readonly messages: PlanMessages;
  readonly className?: string | undefined;
}

/** Native radios drawn as segments: arrows, space and screen readers work as they always do. */
export function IntervalSwitch({ table, messages, className }: IntervalSwitchProps) {
  const { interval, intervals, saving, setInterval } = table;
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
            onChange={() => setInterval(one)}
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

function saySaving(saving: YearlySaving, messages: PlanMessages): string {
  return saving.kind === "months"
    ? messages.saveMonths(saving.months)
    : messages.savePercent(saving.percent, saving.upTo);
}
