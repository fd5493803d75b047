import { useId, useState } from "react";
import { outsideForms } from "../button/button.js";
import type { PlanView } from "./plan-view.js";
import { type PricingWords, sayPrice } from "./pricing-words.js";

interface SeatFieldProps {
  readonly view: PlanView;
  readonly words: PricingWords;
  readonly onChange: (quantity: number) => void;
}

/** How many seats, and what they cost together. What is typed may be wrong until the field is left. */
export function SeatField({ view, words, onChange }: SeatFieldProps) {
  const { price, quantity } = view;
  const { messages } = words;
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  if (price?.model !== "per_seat") return null;
  const { minimumQuantity: minimum, maximumQuantity } = price;
  const maximum = maximumQuantity ?? 10_000;
  const step = (by: number) => onChange(Math.min(maximum, Math.max(minimum, quantity + by)));
  return (
    <div data-tollgate-part="seats">
      <label htmlFor={id}>{messages.seats}</label>
      <div data-tollgate-part="stepper">
        <button
          {...outsideForms}
          aria-label={messages.fewerSeats}
          disabled={quantity <= minimum}
          onClick={() => step(-1)}
        >
          <span aria-hidden="true">−</span>
        </button>
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={minimum}
          max={maximum}
          step={1}
          value={draft ?? quantity}
          aria-describedby={`${id}-total`}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            const typed = event.currentTarget.valueAsNumber;
            if (Number.isInteger(typed) && typed >= minimum && typed <= maximum) onChange(typed);
          }}
          onBlur={() => setDraft(null)}
        />
        <button
          {...outsideForms}
          aria-label={messages.moreSeats}
          disabled={quantity >= maximum}
          onClick={() => step(1)}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
      <p id={`${id}-total`} data-tollgate-part="seat-total" aria-live="polite">
        {draft !== null && draft !== String(quantity)
          ? messages.seatRange(minimum, maximumQuantity)
          : messages.seatTotal(sayPrice(words, view))}
      </p>
    </div>
  );
}
