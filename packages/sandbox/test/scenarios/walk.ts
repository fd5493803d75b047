import Stripe from "stripe";
import { describe, expect, it } from "vitest";

/** Ids are made anew each time, so that texts are compared without them. */
const nameless = (text: string): string =>
  text.replaceAll(
    /\b(price|prod|promo|txr|si|sub_sched|sub|in|il|ch|cus|pm|pi|seti|ii|bpc|mtr_test|cs_test)_1?\w{10,}/g,
    "$1_x",
  );

/** The ids that earlier steps of a walk have made, by the names that the walk gives them. */
export type Kept = {
  /** Remembers what a step makes. */
  as: <T extends { id: string }>(name: string, made: Promise<T>) => Promise<T>;
  /** Remembers an id that is inside of an answer. */
  id: (name: string, id: string | undefined) => void;
  /** The id that an earlier step has made. */
  of: (name: string) => string;
};

export const createKept = (): Kept => {
  const ids = new Map<string, string>();
  return {
    as: async (name, made) => {
      const one = await made;
      ids.set(name, one.id);
      return one;
    },
    id: (name, id) => {
      if (id !== undefined) ids.set(name, id);
    },
    of: (name) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`No earlier step has made the ${name}.`);
      return id;
    },
  };
};

/** What is done, and what the answer has at least; of a refusal, all that it has. */
export type Step = readonly [words: string, act: () => Promise<unknown>, answer: object];

/** A refusal; 400 and without a code and a parameter unless told otherwise. */
export const refusal = (message: string, rest: { status?: number; code?: string; param?: string } = {}) => ({
  status: 400,
  type: "invalid_request_error",
  code: undefined,
  param: undefined,
  message,
  ...rest,
});

/** What an issuer, or a check before it, says no with: 402. */
export const declined = (
  decline_code: string,
  rest: { code?: string; message?: string; param?: string } = {},
) => ({
  status: 402,
  type: "card_error",
  code: "card_declined",
  decline_code,
  message: "Your card was declined.",
  ...rest,
});

/** The refusal of an id that nothing has: 404 in the address, 400 in a body. */
export const unknown = (message: string, param: string, status = 404) =>
  refusal(message, { status, code: "resource_missing", param });

const outcomeOf = async (act: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { statusCode: status, rawType: type, code, decline_code, param, message } = error;
    return { status, type, code, decline_code, param, message: nameless(message) };
  }
};

/** Steps that build on each other, one test each. */
export const walk = (title: string, steps: readonly Step[]): void => {
  describe(title, () => {
    it.each(steps)("%s", async (_, act, answer) => {
      expect(await outcomeOf(act)).toMatchObject(answer);
    });
  });
};
