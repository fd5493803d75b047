import type { ReactNode } from "react";
import { countsSeats } from "./decide-seats.js";
import { PlanAction } from "./plan-action.js";
import type { ColumnOf, PlanLayoutProps } from "./plan-layout-props.js";
import { PlanNote } from "./plan-note.js";
import { PriceDetail } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import { SeatField } from "./seat-field.js";

interface MatrixChoicesProps extends PlanLayoutProps {
  readonly id: string;
  readonly columnOf: ColumnOf;
}

/** How it is billed, seats and buttons, between the prices and what they buy. */
export function MatrixChoices(props: MatrixChoicesProps) {
  const { views, words, classNames, onSelect, onQuantityChange, id, columnOf } = props;
  const hasSeats = views.some(({ price }) => countsSeats(price));
  const pickedHasSeats = views.some((view) => columnOf(view)["data-picked"] && countsSeats(view.price));
  const row = (head: ReactNode, cell: (view: PlanView) => ReactNode, pickedHas?: boolean) => (
    <tr data-picked-has={pickedHas}>
      {head}
      {views.map((view) => (
        <td key={view.plan.id} {...columnOf(view)}>
          {cell(view)}
        </td>
      ))}
    </tr>
  );
  return (
    <tbody data-tollgate-part="choices">
      {row(<td data-tollgate-part="corner" />, (view) => (
        <PriceDetail view={view} words={words} />
      ))}
      {hasSeats
        ? row(
            <th scope="row">{words.messages.seats}</th>,
            (view) => (
              <SeatField
                view={view}
                words={words}
                onChange={(quantity) => onQuantityChange(view.plan.id, quantity)}
              />
            ),
            pickedHasSeats,
          )
        : null}
      {row(<td data-tollgate-part="corner" />, (view) => (
        <PlanAction
          view={view}
          words={words}
          isEmphasized={view.isRecommended || !props.isAnyRecommended}
          onSelect={() => onSelect(view)}
          planNameId={`${id}-${view.plan.id}`}
          noteId={`${id}-${view.plan.id}-note`}
          className={classNames.action}
        >
          <PlanNote id={`${id}-${view.plan.id}-note`} view={view} words={words} />
        </PlanAction>
      ))}
    </tbody>
  );
}
