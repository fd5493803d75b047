import { invalidRequest, StripeError } from "../../engine/world/stripe-error.js";

/** An answer that was given, kept so that a repeated request gets the same one. */
export type StoredAnswer = {
  fingerprint: string;
  status: number;
  body: string;
  /** The id of the request that was answered first. */
  requestId: string;
  /** When, in milliseconds since 1970 by the sandbox's clock. */
  at: number;
};

/** By account and key. */
export type AnswerStore = Map<string, StoredAnswer>;

/** Where one request's answer is kept. */
export type AnswerSlot = { answers: AnswerStore; account: string; key: string; now: Date };

const lifetime = 24 * 3600 * 1000;

const nameOf = ({ account, key }: AnswerSlot): string => `${account} ${key}`;

/** Refuses a key that is too long. */
export const checkKey = (key: string): void => {
  if (key.length > 255)
    throw invalidRequest(
      "Invalid Idempotency-Key: keys for idempotent requests may have up to 255 characters.",
    );
};

/**
 * The stored answer to a repeated request; throws if the key came with another request.
 *
 * https://docs.stripe.com/api/idempotent_requests
 */
export const recall = (slot: AnswerSlot, fingerprint: string): StoredAnswer | undefined => {
  const stored = slot.answers.get(nameOf(slot));
  if (!stored || slot.now.getTime() - stored.at >= lifetime) return undefined;
  if (stored.fingerprint === fingerprint) return stored;
  const [first = ""] = stored.fingerprint.split("\n");
  const sameEndpoint = fingerprint.startsWith(`${first}\n`);
  throw new StripeError(400, {
    type: "idempotency_error",
    message: sameEndpoint
      ? "Keys for idempotent requests can only be used with the same parameters they were first used with. " +
        `Try using a key other than '${slot.key}' if you meant to execute a different request.`
      : "Keys for idempotent requests can only be used for the same endpoint they were first used for " +
        `('${first}'). Try using a key other than '${slot.key}' if you meant to execute a different request.`,
  });
};

/** Keeps an answer, and forgets those that have expired. */
export const remember = (slot: AnswerSlot, answer: Omit<StoredAnswer, "at">): void => {
  const at = slot.now.getTime();
  const name = nameOf(slot);
  // Answers are kept in the order of their times, so the first one that has not expired ends the search.
  for (const [key, stored] of slot.answers) {
    if (at - stored.at < lifetime) break;
    slot.answers.delete(key);
  }
  slot.answers.delete(name);
  slot.answers.set(name, { ...answer, at });
};

/** Whether an action's outcome is kept: not if the caller was told to try again. */
export const isKept = (status: number): boolean => ![401, 409, 429].includes(status);
