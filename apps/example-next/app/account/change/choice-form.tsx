import { plans } from "../../../billing/plans";
import { intervals } from "./read-choice";

interface Chosen {
  readonly planId: string;
  readonly interval: string;
  readonly quantity?: number;
}

/** A plain form: it works before any script has loaded. */
export function ChoiceForm({ chosen }: { chosen: Chosen }) {
  const sold = Object.entries(plans.plans).filter(([, plan]) => "prices" in plan);
  return (
    <form method="get" className="choice-form">
      <label>
        Plan
        <select name="plan" defaultValue={chosen.planId}>
          {sold.map(([id, { name }]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Billed by the
        <select name="interval" defaultValue={chosen.interval}>
          {intervals.map((interval) => (
            <option key={interval}>{interval}</option>
          ))}
        </select>
      </label>
      <label>
        Seats, of Team
        <input
          type="number"
          name="seats"
          min={3}
          max={200}
          defaultValue={Math.max(3, chosen.quantity ?? 3)}
        />
      </label>
      <button type="submit" className="quiet-button">
        Show what it costs
      </button>
    </form>
  );
}
