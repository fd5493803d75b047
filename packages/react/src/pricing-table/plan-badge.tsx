import type { PlanView } from "./plan-view.js";
import type { PricingWords } from "./pricing-words.js";

/** Shown to those for whom it is a recommendation; where it was laid out before that was known, its space stays. */
export function PlanBadge({ view, words }: { readonly view: PlanView; readonly words: PricingWords }) {
  const { plan, isRecommended, keepsRoom } = view;
  if (!isRecommended && !(keepsRoom && plan.featured)) return null;
  const unseen = isRecommended ? {} : ({ "aria-hidden": true, style: { visibility: "hidden" } } as const);
  return (
    <span data-tollgate-part="badge" {...unseen}>
      {words.messages.recommended}
    </span>
  );
}
