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
          <MatrixCell
            isOn={view.plan.includes[feature.id] === true}
            says={sayGrant(view, feature.id, words)}
            messages={messages}
          />
        </td>
      ))}
    </tr>
  );
}

interface MatrixCellProps {
  readonly isOn: boolean;
  /** How much, and what more of it costs. */
  readonly says: string;
  readonly messages: PlanMatrixMessages;
}

function MatrixCell({ isOn, says, messages }: MatrixCellProps) {
  if (says) return <span data-tollgate-part="cell-value">{says}</span>;
  return (
    <>
      {isOn ? (
        <CheckMark />
      ) : (
        <span data-tollgate-part="absent" aria-hidden="true">
          –
        </span>
      )}
      <span data-tollgate-part="spoken">{isOn ? messages.included : messages.notIncluded}</span>
    </>
  );
}
