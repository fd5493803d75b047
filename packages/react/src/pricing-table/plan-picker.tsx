import { Chevron } from "./chevron.js";
import type { PlanView } from "./plan-view.js";

interface PlanPickerProps {
  readonly views: readonly PlanView[];
  readonly picked: string;
  readonly label: string;
  readonly onChange: (planId: string) => void;
}

/** Where plans don't fit beside each other, the comparison shows the one that is picked here. */
export function PlanPicker({ views, picked, label, onChange }: PlanPickerProps) {
  return (
    <span data-tollgate-part="plan-picker">
      <select aria-label={label} value={picked} onChange={(event) => onChange(event.currentTarget.value)}>
        {views.map(({ plan }) => (
          <option key={plan.id} value={plan.id}>
            {plan.name}
          </option>
        ))}
      </select>
      <Chevron />
    </span>
  );
}
