import type { FeatureDescription } from "@tollgate/core";
import { CheckMark } from "./check-mark.js";
import { sayGrant } from "./plan-features.js";
import type { ColumnOf } from "./plan-matrix-props.js";
import type { PlanView } from "./plan-view.js";
import type { PricingWords } from "./pricing-words.js";

interface MatrixRowProps {
  readonly feature: FeatureDescription;
  readonly views: readonly PlanView[];
  readonly words: PricingWords;
  readonly columnOf: ColumnOf;
}

/** One feature over all plans. */
export function MatrixRow({ feature, views, words, columnOf }: MatrixRowProps) {
  return (
    <tr>
      <th scope="row">
        <span data-tollgate-part="feature-name">{feature.name}</span>
        {feature.description === null ? null : (
          <span data-tollgate-part="feature-description">{feature.description}</span>
        )}
      </th>
      {views.map((view) => (
        <td key={view.plan.id} {...columnOf(view)}>
          <MatrixCell granted={view.plan.includes[feature.id]} words={words} />
        </td>
      ))}
    </tr>
  );
}

interface MatrixCellProps {
  readonly granted: true | number | "unlimited" | undefined;
  readonly words: PricingWords;
}

function MatrixCell({ granted, words }: MatrixCellProps) {
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
