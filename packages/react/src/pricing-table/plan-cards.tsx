import { PlanCard } from "./plan-card.js";
import type { PlanLayoutProps } from "./plan-layout-props.js";

/** Plans side by side, each a card. */
export function PlanCards({ views, onSelect, onQuantityChange, ...shared }: PlanLayoutProps) {
  return (
    <div data-tollgate-part="cards" data-count={views.length < 6 ? views.length : "many"}>
      {views.map((view, index) => (
        <PlanCard
          key={view.plan.id}
          {...shared}
          columns={columnsOf(index, views.length)}
          view={view}
          onSelect={() => onSelect(view)}
          onQuantityChange={(quantity) => onQuantityChange(view.plan.id, quantity)}
        />
      ))}
    </div>
  );
}

/**
 * How many of twelve columns a card takes where five or more plans share a wide page: rows of three and four, as even
 * as possible, so that no card is left alone in the last row.
 */
function columnsOf(index: number, count: number): number {
  const rows = Math.ceil(count / 4);
  const least = Math.floor(count / rows);
  const fuller = count - rows * least;
  return 12 / (index < fuller * (least + 1) ? least + 1 : least);
}
