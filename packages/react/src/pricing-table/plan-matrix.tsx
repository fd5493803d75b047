import type { FeatureDescription } from "@tollgate/core";
import { useId } from "react";
import { MatrixRow } from "./matrix-row.js";
import { PlanAction } from "./plan-action.js";
import { PlanPrice } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import type { PricingTableClassNames } from "./pricing-table-class-names.js";
import type { PricingWords } from "./pricing-words.js";
import { SeatField } from "./seat-field.js";

interface PlanMatrixProps {
  readonly views: readonly PlanView[];
  readonly features: readonly FeatureDescription[];
  readonly words: PricingWords;
  readonly classNames: PricingTableClassNames;
  readonly isAnyRecommended: boolean;
  readonly onSelect: (view: PlanView) => void;
  readonly onQuantityChange: (planId: string, quantity: number) => void;
}

/** Plans side by side, one feature a row: a real table that scrolls within itself where it is narrow. */
export function PlanMatrix(props: PlanMatrixProps) {
  const { views, features, words, classNames } = props;
  const { messages } = words;
  const id = useId();
  const groups = [
    { name: messages.allowances, features: features.filter(({ type }) => type !== "switch") },
    { name: messages.features, features: features.filter(({ type }) => type === "switch") },
  ].filter((group) => group.features.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section data-tollgate-part="matrix" aria-labelledby={id} tabIndex={0}>
      <table>
        <caption id={id} data-tollgate-part="spoken">
          {messages.comparison}
        </caption>
        <thead>
          <tr>
            <td data-tollgate-part="corner" />
            {views.map((view) => (
              <MatrixHead key={view.plan.id} view={view} words={words} classNames={classNames} id={id} />
            ))}
          </tr>
        </thead>
        <ChoiceRows {...props} id={id} />
        {groups.map((group) => (
          <tbody key={group.name}>
            {groups.length < 2 ? null : (
              <tr data-tollgate-part="group">
                <th scope="rowgroup" colSpan={views.length + 1}>
                  <span>{group.name}</span>
                </th>
              </tr>
            )}
            {group.features.map((feature) => (
              <MatrixRow key={feature.id} feature={feature} views={views} words={words} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

interface MatrixHeadProps extends Pick<PlanMatrixProps, "words" | "classNames"> {
  readonly view: PlanView;
  /** The table's, so that the buttons below can be named after their column. */
  readonly id: string;
}

/** Sticks to the top, so it holds only what one needs while reading: name and price. */
function MatrixHead({ view, words, classNames, id }: MatrixHeadProps) {
  const { plan, offer } = view;
  return (
    <th
      scope="col"
      data-plan={plan.id}
      data-state={offer.kind}
      data-featured={view.isRecommended || undefined}
      aria-labelledby={`${id}-${plan.id}`}
      className={classNames.card}
    >
      <div data-tollgate-part="name-row">
        <span id={`${id}-${plan.id}`} data-tollgate-part="column-name" className={classNames.name}>
          {plan.name}
        </span>
        {view.isRecommended ? <span data-tollgate-part="badge">{words.messages.recommended}</span> : null}
      </div>
      <PlanPrice view={view} words={words} />
    </th>
  );
}

/** Seats and buttons, between the prices and what they buy. */
function ChoiceRows(props: PlanMatrixProps & { readonly id: string }) {
  const { views, words, classNames, onSelect, onQuantityChange, id } = props;
  const hasSeats = views.some(({ price }) => price?.model === "per_seat");
  return (
    <tbody data-tollgate-part="choices">
      {hasSeats ? (
        <tr>
          <th scope="row">{words.messages.seats}</th>
          {views.map((view) => (
            <td key={view.plan.id}>
              <SeatField
                view={view}
                words={words}
                onChange={(quantity) => onQuantityChange(view.plan.id, quantity)}
              />
            </td>
          ))}
        </tr>
      ) : null}
      <tr>
        <td data-tollgate-part="corner" />
        {views.map((view) => (
          <td key={view.plan.id}>
            <PlanAction
              view={view}
              words={words}
              isEmphasized={view.isRecommended || !props.isAnyRecommended}
              onSelect={() => onSelect(view)}
              planNameId={`${id}-${view.plan.id}`}
              className={classNames.action}
            />
          </td>
        ))}
      </tr>
    </tbody>
  );
}
