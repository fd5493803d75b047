"use client";

import { useActionState } from "react";
import { ask } from "./actions";
import { BalanceTable, type Credits } from "./balance-table";
import { useCredits } from "./use-credits";

/** A question, what it holds while it is answered, and what it came to. It works before any script has loaded. */
export function Assistant({ initial }: { initial: Credits }) {
  const [answer, submit, isBusy] = useActionState(ask, null);
  const credits = useCredits(initial, isBusy);
  return (
    <section className="panel" aria-labelledby="credits-heading" aria-busy={isBusy}>
      <h2 id="credits-heading">Your credits</h2>
      <BalanceTable credits={credits} />
      <form action={submit} className="question">
        <label>
          Ask something
          <textarea name="question" rows={2} maxLength={500} required defaultValue="How did my week go?" />
        </label>
        <label className="check">
          <input type="checkbox" name="fails" value="yes" />
          Let the model fail, to see that nothing is used then
        </label>
        <button type="submit" className="site-button" disabled={isBusy}>
          {isBusy ? "Thinking…" : "Ask, for up to 60 credits"}
        </button>
      </form>
      {/* Always there, so that what appears in it is announced. */}
      <div role="status" className="answer">
        {isBusy && <p>Thinking. Up to 60 credits are held for it; what it doesn't need is free again.</p>}
        {!isBusy && answer === null && (
          <p>60 credits are held while it works. What it doesn't need is free again.</p>
        )}
        {!isBusy && answer?.kind === "answered" && (
          <>
            <p className="answer-words">{answer.words}</p>
            <p>
              It took {answer.used} credits; {answer.freed} of those that were held are free again.
            </p>
          </>
        )}
        {!isBusy && answer?.kind === "refused" && <p>{answer.why}</p>}
      </div>
    </section>
  );
}
