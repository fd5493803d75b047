import { useId, useState } from "react";
import { MatrixChoices } from "./matrix-choices.js";
import { MatrixRow } from "./matrix-row.js";
import { PlanBadge } from "./plan-badge.js";
import type { ColumnOf, PlanLayoutProps } from "./plan-layout-props.js";
import { PlanAmount } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import { planMatrixMessages } from "./pricing-table-messages.js";
import { Select } from "./select.js";

/** Plans side by side, one feature a row; where they don't fit, one plan at a time. */
export function PlanMatrix(props: PlanLayoutProps) {
  const { views, features, words } = props;
  const messages = { ...planMatrixMessages, ...words.messages };
  const id = useId();
  const [asked, setAsked] = useState<string | null>(null);
  const picked = views.find(({ plan }) => plan.id === asked) ?? firstToShow(views);
  const columnOf: ColumnOf = (view) => ({ "data-picked": view === picked });
  const groups = [
    { name: messages.allowances, features: features.filter(({ type }) => type !== "switch") },
    { name: messages.features, features: features.filter(({ type }) => type === "switch") },
  ].filter((group) => group.features.length > 0);
  return (
    <div data-tollgate-part="matrix" data-count={Math.min(views.length, 4)}>
      {views.length < 2 || picked === undefined ? null : (
        <Select
          part="plan-picker"
          label={messages.planToShow}
          value={picked.plan.id}
          options={views.map(({ plan }) => ({ value: plan.id, text: plan.name }))}
          onChange={setAsked}
        />
      )}
      <table>
        <caption data-tollgate-part="spoken">{messages.comparison}</caption>
        <thead>
          <tr>
            <td data-tollgate-part="corner" />
            {views.map((view) => (
              <MatrixHead key={view.plan.id} {...props} {...{ view, id, columnOf }} />
            ))}
          </tr>
        </thead>
        <MatrixChoices {...props} id={id} columnOf={columnOf} />
        {groups.map((group) => (
          <tbody key={group.name}>
            {groups.length < 2 ? null : (
              <tr data-tollgate-part="group">
                <th scope="rowgroup">{group.name}</th>
                {views.map((view) => (
                  <td key={view.plan.id} {...columnOf(view)} />
                ))}
              </tr>
            )}
            {group.features.map((feature) => (
              <MatrixRow key={feature.id} {...{ feature, views, words, messages, columnOf }} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/**
 * What is recommended, or would be to a stranger if that was already shown; else what they have, else the first one
 * that costs something.
 */
function firstToShow(views: readonly PlanView[]): PlanView | undefined {
  return (
    views.find(({ isRecommended, keepsRoom, plan }) => isRecommended || (keepsRoom && plan.featured)) ??
    views.find(({ isTheirs }) => isTheirs) ??
    views.find(({ price }) => price !== null) ??
    views[0]
  );
}

interface MatrixHeadProps extends Pick<PlanLayoutProps, "words" | "classNames"> {
  readonly view: PlanView;
  /** The table's, so that the buttons below can be named after their column. */
  readonly id: string;
  readonly columnOf: ColumnOf;
}

/** Sticks to the top, so it holds only what a reader needs: name and price. */
function MatrixHead({ view, words, classNames, id, columnOf }: MatrixHeadProps) {
  const { plan, offer } = view;
  return (
    <th
      scope="col"
      data-plan={plan.id}
      data-state={offer.kind}
      data-featured={view.isRecommended || undefined}
      aria-labelledby={`${id}-${plan.id}`}
      className={classNames.card}
      {...columnOf(view)}
    >
      <div data-tollgate-part="name-row">
        <span id={`${id}-${plan.id}`} data-tollgate-part="column-name" className={classNames.name}>
          {plan.name}
        </span>
        <PlanBadge view={view} words={words} />
      </div>
      <PlanAmount view={view} words={words} />
    </th>
  );
}
