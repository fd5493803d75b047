import { StripeError } from "../engine/stripe-error.js";

/** An answer that was given, kept so that a repeated request gets the same one. */
export type StoredAnswer = { fingerprint: string; status: number; body: string };

export type AnswerStore = Map<string, StoredAnswer>;

/** The stored answer to a repeated request; throws if the key came with another request. */
export const recall = (answers: AnswerStore, key: string, fingerprint: string): StoredAnswer | undefined => {
  const stored = answers.get(key);
  if (stored && stored.fingerprint !== fingerprint)
    throw new StripeError(400, {
      type: "idempotency_error",
      message:
        "Keys for idempotent requests can only be used with the same parameters they were first used with. " +
        `Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  return stored;
};
