import { type ReactNode, useId } from "react";
import { Button } from "../button/button.js";
import type { PlanView } from "./plan-view.js";
import { type PricingWords, sayNote, sayOffer } from "./pricing-words.js";

interface PlanActionProps {
  readonly view: PlanView;
  readonly words: PricingWords;
  /** Whether the eye should land on this step up first. */
  readonly isEmphasized: boolean;
  readonly onSelect: () => void;
  /** The element that names the plan, so that four "Upgrade" buttons sound different to a screen reader's user. */
  readonly planNameId: string;
  /** The element that says what happens when it is pressed. */
  readonly noteId: string;
  readonly className?: string | undefined;
  /** Goes below the button. */
  readonly children?: ReactNode;
}

const passive = ["current", "pending", "not_sold", "not_switchable", "managers_only"];

/** The button of a plan, and what went wrong when it was pressed. */
export function PlanAction(props: PlanActionProps) {
  const { view, words } = props;
  const { activity } = view;
  return (
    <div data-tollgate-part="action" data-state={activity.status}>
      <ActionControl {...props} />
      {activity.status === "failed" ? (
        <p data-tollgate-notice="danger" role="alert">
          {words.messages.checkoutFailed(activity.error?.code ?? null)}
        </p>
      ) : null}
      {props.children}
    </div>
  );
}

function ActionControl({ view, words, onSelect, planNameId, noteId, className, ...props }: PlanActionProps) {
  const id = useId();
  const { offer, href, activity, isKnown } = view;
  const label = sayOffer(words, view);
  const note = sayNote(words, view);
  const isStepUp = offer.kind === "checkout" || ("to" in offer && offer.to === "higher");
  const isEmphasized = props.isEmphasized && isStepUp;
  const shared = {
    id,
    className,
    "aria-labelledby": `${id} ${planNameId}`,
    "aria-describedby": note === null ? undefined : noteId,
  };
  if (!isKnown) {
    return (
      <span data-tollgate-button="secondary" aria-hidden="true" data-tollgate-skeleton="">
        {label}
      </span>
    );
  }
  if (href) {
    return (
      <a {...shared} href={href} data-tollgate-button={isEmphasized ? "primary" : "secondary"}>
        {label}
      </a>
    );
  }
  if (passive.includes(offer.kind)) {
    return (
      <Button
        {...shared}
        variant="secondary"
        aria-disabled="true"
        title={(offer.kind === "not_switchable" && note) || undefined}
      >
        {label}
      </Button>
    );
  }
  return (
    <Button
      {...shared}
      variant={isEmphasized ? "primary" : "secondary"}
      busy={activity.status === "opening"}
      busyLabel={words.messages.opening}
      onClick={onSelect}
    >
      {label}
    </Button>
  );
}
