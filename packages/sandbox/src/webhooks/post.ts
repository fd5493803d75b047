import type { Attempt } from "./delivery.js";
import { sign } from "./sign.js";

type Letter = { url: string; body: string; secret: string; signal: AbortSignal; fetch: typeof fetch };

/** Stripe gives an endpoint about this long to answer, in milliseconds. */
const patience = 20_000;

const reasonOf = (thrown: unknown): string => {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error ? cause.message || cause.name : "no answer";
};

/** Sends one signed delivery; never throws, a failure is an attempt without a status. */
export const post = async (letter: Letter): Promise<Attempt> => {
  // The receiver checks the signature's age against its own clock, so this is the machine's time,
  // however far the sandbox's clock has been moved.
  const started = Date.now();
  const attempt = { at: new Date(started).toISOString() };
  try {
    const response = await letter.fetch(letter.url, {
      method: "POST",
      // A redirect is a failure, as with Stripe.
      redirect: "manual",
      signal: AbortSignal.any([letter.signal, AbortSignal.timeout(patience)]),
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": await sign(letter.body, letter.secret, Math.floor(started / 1000)),
      },
      body: letter.body,
    });
    await response.arrayBuffer();
    return { ...attempt, status: response.status, error: null, durationMs: Date.now() - started };
  } catch (thrown) {
    return { ...attempt, status: null, error: reasonOf(thrown), durationMs: Date.now() - started };
  }
};
