import type { PlanView } from "./plan-view.js";
import { type PricingWords, sayNote, sayTrial } from "./pricing-words.js";

interface PlanNoteProps {
  readonly id: string;
  readonly view: PlanView;
  readonly words: PricingWords;
}

/** What happens to the plan, or will if its button is pressed. */
export function PlanNote({ id, view, words }: PlanNoteProps) {
  const note = sayNote(words, view);
  const room = <RoomForTrial view={view} words={words} />;
  if (note === null) return room;
  // It speaks of seats that the field no longer says, and keeps its room until it is true again.
  const isUntrue = view.seats !== view.quantity;
  // Nothing was laid out for it before it was known who asks: it is heard, and seen where the button is pointed at.
  const isSpoken = view.note?.kind === "not_switchable";
  return (
    <>
      <p
        id={id}
        data-tollgate-part={isSpoken ? "spoken" : "note"}
        data-note={view.note?.kind}
        style={isUntrue ? { visibility: "hidden" } : undefined}
        {...(view.isKnown ? {} : { "data-tollgate-skeleton": "", "aria-hidden": true })}
      >
        {note}
      </p>
      {isSpoken && room}
    </>
  );
}

/** A trial was laid out before it was known that they get none: what is below it stays where it is. */
export function RoomForTrial({ view, words }: Omit<PlanNoteProps, "id">) {
  if (!view.keepsRoom || view.plan.trialDays === 0) return null;
  return (
    <p data-tollgate-part="note" aria-hidden="true" style={{ visibility: "hidden" }}>
      {sayTrial(words, view)}
    </p>
  );
}
