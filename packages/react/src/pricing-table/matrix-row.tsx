import type { FeatureDescription } from "@tollgate/core";
import { CheckMark } from "./check-mark.js";
import { sayGrant } from "./plan-features.js";
import type { ColumnOf } from "./plan-layout-props.js";
import type { PlanView } from "./plan-view.js";
import type { PlanMatrixMessages } from "./pricing-table-messages.js";
import type { PricingWords } from "./pricing-words.js";

interface MatrixRowProps {
  readonly feature: FeatureDescription;
  readonly views: readonly PlanView[];
  readonly words: PricingWords;
  readonly messages: PlanMatrixMessages;
  readonly columnOf: ColumnOf;
}

/** One feature across all plans. */
export function MatrixRow({ feature, views, words, messages, columnOf }: MatrixRowProps) {
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
          <MatrixCell granted={view.plan.includes[feature.id]} {...{ words, messages }} />
        </td>
      ))}
    </tr>
  );
}

interface MatrixCellProps {
  readonly granted: true | number | "unlimited" | undefined;
  readonly words: PricingWords;
  readonly messages: PlanMatrixMessages;
}

function MatrixCell({ granted, words, messages }: MatrixCellProps) {
  if (granted === true) {
    return (
      <>
        <CheckMark />
        <span data-tollgate-part="spoken">{messages.included}</span>
      </>
    );
  }
  if (granted !== undefined) return <span data-tollgate-part="cell-value">{sayGrant(granted, words)}</span>;
  return (
    <>
      <span data-tollgate-part="absent" aria-hidden="true">
        –
      </span>
      <span data-tollgate-part="spoken">{messages.notIncluded}</span>
    </>
  );
}
