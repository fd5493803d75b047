import { useId, useState } from "react";
import { outsideForms } from "../button/button.js";
import { countsSeats, seatRange } from "./decide-seats.js";
import { OfAllIntervals } from "./plan-price.js";
import type { PlanView } from "./plan-view.js";
import { type PricingWords, sayPrice } from "./pricing-words.js";

interface SeatFieldProps {
  readonly view: PlanView;
  readonly words: PricingWords;
  readonly onChange: (quantity: number) => void;
}

/** How many seats, and what they cost together. A number that can't be bought stays, and says so. */
export function SeatField({ view, words, onChange }: SeatFieldProps) {
  const { price, quantity, seats } = view;
  const { messages } = words;
  // How the number is spelled while it is typed: "07" and "" are not numbers of their own.
  const [draft, setDraft] = useState<string | null>(null);
  const [isUsed, setUsed] = useState(false);
  const id = useId();
  if (!countsSeats(price)) return null;
  const { minimum, maximum, step } = seatRange(price);
  // Where the price has no maximum of its own, it is mentioned only to those who went past it.
  const most = seats > maximum ? maximum : price.maximumQuantity;
  const isInvalid = seats !== quantity;
  const from = Number.isNaN(seats) ? quantity : seats;
  // From between two numbers that are sold, to the one beside it.
  const steps = (from - minimum) / step;
  const go = (next: number) => onChange(Math.min(maximum, Math.max(minimum, minimum + next * step)));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus passes through
    <div
      data-tollgate-part="seats"
      data-state={isInvalid ? "invalid" : "valid"}
      onFocus={() => setUsed(true)}
      onBlur={() => setUsed(false)}
    >
      <div data-tollgate-part="seat-words">
        <label htmlFor={id}>{messages.seats}</label>
        {/* Announces changes while somebody works here, and not when the interval is switched elsewhere. */}
        <p id={`${id}-total`} data-tollgate-part="seat-total" aria-live={isUsed ? "polite" : "off"}>
          <OfAllIntervals
            view={view}
            say={(one) => messages.seatTotal(sayPrice(words, one))}
            instead={isInvalid ? messages.seatRange(minimum, most, step) : undefined}
          />
        </p>
      </div>
      <div data-tollgate-part="stepper">
        <StepButton
          label={messages.fewerSeats}
          isOff={from <= minimum}
          onPress={() => go(Math.ceil(steps) - 1)}
        >
          −
        </StepButton>
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={minimum}
          max={maximum}
          step={step}
          value={
            draft !== null && Object.is(toNumber(draft), seats) ? draft : Number.isNaN(seats) ? "" : seats
          }
          data-seats-of={view.plan.id}
          aria-invalid={isInvalid || undefined}
          aria-describedby={`${id}-total`}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            onChange(event.currentTarget.valueAsNumber);
          }}
          onBlur={() => setDraft(null)}
        />
        <StepButton
          label={messages.moreSeats}
          isOff={from >= maximum}
          onPress={() => go(Math.floor(steps) + 1)}
        >
          +
        </StepButton>
      </div>
    </div>
  );
}

interface StepButtonProps {
  readonly label: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
  readonly children: string;
}

/** Not `disabled` at the end of the range: that would drop the focus of whoever pressed it. */
function StepButton({ label, isOff, onPress, children }: StepButtonProps) {
  return (
    <button
      {...outsideForms}
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={isOff ? undefined : onPress}
    >
      <span aria-hidden="true">{children}</span>
    </button>
  );
}

function toNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
