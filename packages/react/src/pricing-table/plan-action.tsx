import { useId } from "react";
import { Button } from "../button/button.js";
import type { PlanView } from "./plan-view.js";
import { type PricingWords, sayNote, sayOffer } from "./pricing-words.js";

interface PlanActionProps {
  readonly view: PlanView;
  readonly words: PricingWords;
  /** Whether the eye should find this step up first. */
  readonly isEmphasized: boolean;
  readonly onSelect: () => void;
  /** The element that names the plan, so that four "Upgrade" buttons differ to the ear. */
  readonly planNameId: string;
  readonly className?: string | undefined;
}

const passive = new Set(["current", "pending", "not_sold", "managers_only"]);

/** The button of a plan, what happens when it is pressed, and what went wrong when it was. */
export function PlanAction(props: PlanActionProps) {
  const { view, words } = props;
  const id = useId();
  const note = sayNote(words, view);
  const { activity, note: kind } = view;
  return (
    <div data-tollgate-part="action" data-state={activity.state}>
      <ActionControl {...props} id={id} noteId={note === null ? undefined : `${id}-note`} />
      {activity.state === "failed" ? (
        <p data-tollgate-notice="danger" role="alert">
          {words.messages.checkoutFailed(activity.error?.code ?? null)}
        </p>
      ) : null}
      {note === null ? null : (
        <p
          id={`${id}-note`}
          data-tollgate-part="note"
          data-note={kind?.kind}
          // It speaks of seats that the field no longer says, and keeps its room until it is true again.
          style={view.seats === view.quantity ? undefined : { visibility: "hidden" }}
          {...blank(view)}
        >
          {note}
        </p>
      )}
    </div>
  );
}

interface ActionControlProps extends PlanActionProps {
  readonly id: string;
  readonly noteId: string | undefined;
}

function ActionControl(props: ActionControlProps) {
  const { view, words, onSelect, id, planNameId, noteId, className } = props;
  const { offer, href, activity, isKnown } = view;
  const label = sayOffer(words, view);
  const isStepUp = offer.kind === "checkout" || (offer.kind === "change" && offer.to === "higher");
  const isEmphasized = props.isEmphasized && isStepUp;
  const shared = {
    id,
    className,
    "aria-labelledby": `${id} ${planNameId}`,
    "aria-describedby": noteId,
  };
  if (!isKnown) {
    return (
      <span data-tollgate-button="secondary" aria-hidden="true" {...blank(view)}>
        {label}
      </span>
    );
  }
  if (href !== null) {
    return (
      <a {...shared} href={href} data-tollgate-button={isEmphasized ? "primary" : "secondary"}>
        {label}
      </a>
    );
  }
  if (passive.has(offer.kind)) {
    return (
      <Button {...shared} variant="secondary" aria-disabled="true">
        {label}
      </Button>
    );
  }
  return (
    <Button
      {...shared}
      variant={isEmphasized ? "primary" : "secondary"}
      busy={activity.state === "opening"}
      busyLabel={words.messages.opening}
      onClick={onSelect}
    >
      {label}
    </Button>
  );
}

/** Laid out but not legible yet. */
function blank({ isKnown }: PlanView) {
  return isKnown ? {} : ({ "data-tollgate-skeleton": "", "aria-hidden": true } as const);
}
