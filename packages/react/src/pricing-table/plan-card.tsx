import type { FeatureDescription } from "@tollgate/core";
import { useId } from "react";
import { PlanAction } from "./plan-action.js";
import { PlanFeatures } from "./plan-features.js";
import { PlanPrice } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import type { PricingWords } from "./pricing-words.js";
import { SeatField } from "./seat-field.js";

interface PlanCardProps {
  readonly view: PlanView;
  readonly features: readonly FeatureDescription[];
  readonly words: PricingWords;
  readonly isAnyRecommended: boolean;
  readonly headingLevel: 2 | 3 | 4;
  readonly classNames: PricingTableClassNames;
  readonly onSelect: () => void;
  readonly onQuantityChange: (quantity: number) => void;
}

/** Four rows that it shares with its neighbours: name, price, action, features. */
export function PlanCard(props: PlanCardProps) {
  const { view, features, words, headingLevel, classNames, onSelect, onQuantityChange } = props;
  const { plan, offer } = view;
  const Heading = `h${headingLevel}` as const;
  const nameId = useId();
  return (
    <article
      data-tollgate-part="card"
      data-plan={plan.id}
      data-state={offer.kind}
      data-featured={view.isRecommended || undefined}
      aria-labelledby={nameId}
      className={classNames.card}
    >
      <header data-tollgate-part="head">
        <div data-tollgate-part="name-row">
          <Heading id={nameId} className={classNames.name} data-tollgate-part="name">
            {plan.name}
          </Heading>
          {view.isRecommended ? <span data-tollgate-part="badge">{words.messages.recommended}</span> : null}
        </div>
        {plan.description === null ? null : <p data-tollgate-part="description">{plan.description}</p>}
      </header>
      <div data-tollgate-part="price" className={classNames.price}>
        <PlanPrice view={view} words={words} />
        <SeatField view={view} words={words} onChange={onQuantityChange} />
      </div>
      <PlanAction
        view={view}
        words={words}
        isEmphasized={view.isRecommended || !props.isAnyRecommended}
        onSelect={onSelect}
        planNameId={nameId}
        className={classNames.action}
      />
      <PlanFeatures view={view} features={features} words={words} className={classNames.features} />
    </article>
  );
}
