import type { FeatureDescription } from "@tollgate/core";
import { CheckMark } from "./check-mark.js";
import type { PlanView } from "./plan-view.js";
import { type PricingWords, sayRate } from "./pricing-words.js";

interface PlanFeaturesProps {
  readonly view: PlanView;
  readonly features: readonly FeatureDescription[];
  readonly words: PricingWords;
  readonly className?: string | undefined;
}

/** What a plan includes, or charges for use of, in the catalog's order. */
export function PlanFeatures({ view, features, words, className }: PlanFeaturesProps) {
  const { plan } = view;
  const included = features.filter(({ id }) => plan.includes[id] || sayGrant(view, id, words));
  return (
    <ul data-tollgate-part="features" className={className} aria-label={words.messages.includes(plan.name)}>
      {included.map(({ id, name }) => (
        <li key={id}>
          <CheckMark />
          <div data-tollgate-part="feature">
            <span>{name}</span>
            {plan.includes[id] === true ? null : (
              <span data-tollgate-part="feature-value">{sayGrant(view, id, words)}</span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** How much of a feature a plan includes, and what use beyond it costs; nothing for a switch. */
export function sayGrant({ plan, currency }: PlanView, featureId: string, words: PricingWords): string {
  const granted = plan.includes[featureId];
  const priced = plan.usage?.find(({ feature }) => feature === featureId);
  const included = typeof granted === "number" ? words.count(granted) : granted && words.messages.unlimited;
  const use = priced && sayRate(words, priced.rate, currency, priced.included);
  return [granted === true ? "" : included, use].filter(Boolean).join(", ");
}
