import type { FeatureDescription } from "@tollgate/core";
import { useId } from "react";
import { CheckMark } from "./check-mark.js";
import { PlanAction } from "./plan-action.js";
import { sayGrant } from "./plan-features.js";
import { PlanPrice } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import type { PricingTableClassNames } from "./pricing-table.js";
import type { PricingWords } from "./pricing-words.js";
import { SeatField } from "./seat-field.js";

interface PlanMatrixProps {
  readonly views: readonly PlanView[];
  readonly features: readonly FeatureDescription[];
  readonly words: PricingWords;
  readonly classNames: PricingTableClassNames;
  readonly onSelect: (view: PlanView) => void;
  readonly onQuantityChange: (planId: string, quantity: number) => void;
}

/** Plans side by side, one feature a row: a real table that scrolls within itself where it is narrow. */
export function PlanMatrix({
  views,
  features,
  words,
  classNames,
  onSelect,
  onQuantityChange,
}: PlanMatrixProps) {
  const { messages } = words;
  const captionId = useId();
  const allowances = features.filter(({ type }) => type !== "switch");
  const switches = features.filter(({ type }) => type === "switch");
  const groups = [
    { name: messages.allowances, features: allowances },
    { name: messages.features, features: switches },
  ].filter((group) => group.features.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section data-tollgate-part="matrix" aria-labelledby={captionId} tabIndex={0}>
      <table>
        <caption id={captionId} data-tollgate-part="spoken">
          {messages.comparison}
        </caption>
        <thead>
          <tr>
            <td data-tollgate-part="corner" />
            {views.map((view) => (
              <MatrixHead
                key={view.plan.id}
                view={view}
                words={words}
                classNames={classNames}
                onSelect={() => onSelect(view)}
                onQuantityChange={(quantity) => onQuantityChange(view.plan.id, quantity)}
              />
            ))}
          </tr>
        </thead>
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

interface MatrixHeadProps {
  readonly view: PlanView;
  readonly words: PricingWords;
  readonly classNames: PricingTableClassNames;
  readonly onSelect: () => void;
  readonly onQuantityChange: (quantity: number) => void;
}

function MatrixHead({ view, words, classNames, onSelect, onQuantityChange }: MatrixHeadProps) {
  const { plan, offer } = view;
  const nameId = useId();
  return (
    <th
      scope="col"
      data-tollgate-part="column"
      data-plan={plan.id}
      data-state={offer.kind}
      data-featured={plan.featured || undefined}
      aria-labelledby={nameId}
      className={classNames.card}
    >
      <div data-tollgate-part="name-row">
        <span id={nameId} data-tollgate-part="column-name" className={classNames.name}>
          {plan.name}
        </span>
        {plan.featured ? <span data-tollgate-part="badge">{words.messages.recommended}</span> : null}
      </div>
      <PlanPrice view={view} words={words} />
      <SeatField view={view} words={words} onChange={onQuantityChange} />
      <PlanAction
        view={view}
        words={words}
        onSelect={onSelect}
        planNameId={nameId}
        className={classNames.action}
      />
    </th>
  );
}

interface MatrixRowProps {
  readonly feature: FeatureDescription;
  readonly views: readonly PlanView[];
  readonly words: PricingWords;
}

function MatrixRow({ feature, views, words }: MatrixRowProps) {
  return (
    <tr>
      <th scope="row">
        {feature.name}
        {feature.description === null ? null : (
          <span data-tollgate-part="feature-description">{feature.description}</span>
        )}
      </th>
      {views.map(({ plan }) => (
        <td key={plan.id} data-featured={plan.featured || undefined}>
          <MatrixCell granted={plan.includes[feature.id]} words={words} />
        </td>
      ))}
    </tr>
  );
}

function MatrixCell({
  granted,
  words,
}: {
  readonly granted: true | number | "unlimited" | undefined;
  readonly words: PricingWords;
}) {
  if (granted === true) {
    return (
      <>
        <CheckMark />
        <span data-tollgate-part="spoken">{words.messages.included}</span>
      </>
    );
  }
  if (granted !== undefined) return <span data-tollgate-part="cell-value">{sayGrant(granted, words)}</span>;
  return (
    <>
      <span data-tollgate-part="absent" aria-hidden="true">
        –
      </span>
      <span data-tollgate-part="spoken">{words.messages.notIncluded}</span>
    </>
  );
}
