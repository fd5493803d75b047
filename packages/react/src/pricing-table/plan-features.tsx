import type { FeatureDescription } from "@tollgate/core";
import { CheckMark } from "./check-mark.js";
import type { PlanView } from "./plan-view.js";
import type { PricingWords } from "./pricing-words.js";

interface PlanFeaturesProps {
  readonly view: PlanView;
  readonly features: readonly FeatureDescription[];
  readonly words: PricingWords;
  readonly className?: string | undefined;
}

/** What a plan includes, in the catalog's order. */
export function PlanFeatures({ view: { plan }, features, words, className }: PlanFeaturesProps) {
  const included = features.filter(({ id }) => plan.includes[id] !== undefined);
  return (
    <ul data-tollgate-part="features" className={className} aria-label={words.messages.includes(plan.name)}>
      {included.map(({ id, name }) => (
        <li key={id}>
          <CheckMark />
          <div data-tollgate-part="feature">
            <span>{name}</span>
            {plan.includes[id] === true ? null : (
              <span data-tollgate-part="feature-value">{sayGrant(plan.includes[id], words)}</span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function sayGrant(granted: number | "unlimited" | true | undefined, words: PricingWords): string {
  if (typeof granted === "number") return words.count(granted);
  return granted === "unlimited" ? words.messages.unlimited : "";
}
