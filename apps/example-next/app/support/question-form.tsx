import { people } from "../../billing/people";
import { plans } from "../../billing/plans";
import type { Question } from "./read-question";

/** A plain form: it works before any script has loaded, and its answer can be sent to a colleague. */
export function QuestionForm({ question: { customerId, feature, at } }: { question: Question }) {
  return (
    <form method="get" className="choice-form question-form">
      <label>
        Customer
        <input name="customer" required maxLength={200} list="customers" defaultValue={customerId ?? ""} />
      </label>
      <datalist id="customers">
        {people
          .filter(({ isStaff }) => !isStaff)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </datalist>
      <label>
        Feature
        <select name="feature" defaultValue={feature}>
          {Object.entries(plans.features).map(([id, { name }]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        When, in UTC; now if empty
        <input type="datetime-local" name="at" step={1} defaultValue={at ?? ""} />
      </label>
      <button type="submit" className="quiet-button">
        Explain
      </button>
    </form>
  );
}
