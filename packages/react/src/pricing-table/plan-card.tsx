import type { FeatureDescription } from "@tollgate/core";
import { useId } from "react";
import { countsSeats } from "./decide-seats.js";
import { PlanAction } from "./plan-action.js";
import { PlanBadge } from "./plan-badge.js";
import { PlanFeatures } from "./plan-features.js";
import { PlanNote, RoomForTrial } from "./plan-note.js";
import { PlanAmount, PriceDetail } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import type { PricingWords } from "./pricing-words.js";
import { SeatField } from "./seat-field.js";

interface PlanCardProps {
  readonly view: PlanView;
  readonly features: readonly FeatureDescription[];
  readonly words: PricingWords;
  readonly isAnyRecommended: boolean;
  /** Of twelve, where many plans share a wide page. */
  readonly columns: number;
  readonly headingLevel: 2 | 3 | 4;
  readonly classNames: PricingTableClassNames;
  readonly onSelect: () => void;
  readonly onQuantityChange: (quantity: number) => void;
}

/** Five rows that it shares with its neighbours: name, amount, terms, action, features. */
export function PlanCard(props: PlanCardProps) {
  const { view, features, words, headingLevel, classNames, onSelect, onQuantityChange } = props;
  const { plan, offer } = view;
  const Heading = `h${headingLevel}` as const;
  const nameId = useId();
  const noteId = useId();
  const terms = decideTerms(view);
  return (
    <article
      data-tollgate-part="card"
      data-plan={plan.id}
      data-columns={props.columns}
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
          <PlanBadge view={view} words={words} />
        </div>
        {plan.description === null ? null : <p data-tollgate-part="description">{plan.description}</p>}
      </header>
      <div data-tollgate-part="price" className={classNames.price}>
        <PlanAmount view={view} words={words} />
        <div data-tollgate-part="terms">
          {terms.detail ? <PriceDetail view={view} words={words} /> : null}
          {terms.note ? <PlanNote id={noteId} view={view} words={words} /> : null}
          <SeatField view={view} words={words} onChange={onQuantityChange} />
        </div>
      </div>
      <PlanAction
        view={view}
        words={words}
        isEmphasized={view.isRecommended || !props.isAnyRecommended}
        onSelect={onSelect}
        planNameId={nameId}
        noteId={noteId}
        className={classNames.action}
      />
      <div data-tollgate-part="gains">
        <PlanFeatures view={view} features={features} words={words} className={classNames.features} />
        {terms.note ? (
          <RoomForTrial view={view} words={words} />
        ) : (
          <PlanNote id={noteId} view={view} words={words} />
        )}
      </div>
    </article>
  );
}

/**
 * What goes between amount and button. Only one thing, so that no card leaves a gap beside its neighbours: the seats
 * with their total, or what happens to the plan, or how it is billed. What seats cost tier by tier is always said.
 */
function decideTerms({ plan, note, price, lacksInterval }: PlanView) {
  const hasNote = note !== null && note.kind !== "trial_offered" && note.kind !== "not_switchable";
  const hasTiers = plan.prices.some(({ model }) => model === "tiered");
  return { note: hasNote, detail: lacksInterval || hasTiers || (!hasNote && !countsSeats(price)) };
}
