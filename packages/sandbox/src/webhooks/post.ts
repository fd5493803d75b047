import type { Attempt } from "./delivery.js";
import { sign } from "./sign.js";

/** What one attempt sends. */
export type Letter = {
  url: string;
  /** What is signed. */
  body: string;
  /** What is sent of it. */
  sent: string;
  secrets: readonly string[];
  /** Milliseconds since 1970 by the machine's clock, which the signature carries. */
  signedAt: number;
  chaos: Attempt["chaos"];
  signal: AbortSignal;
  fetch: typeof fetch;
};

/** Stripe gives an endpoint about this long to answer, in milliseconds. */
const patience = 20_000;

/** How much of an answer is kept, in bytes. */
const kept = 65_536;

const reasonOf = (thrown: unknown): string => {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error ? cause.message || cause.name : "no answer";
};

/** The beginning of an answer; the rest is not waited for. */
const readStart = async (response: Response): Promise<string> => {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let [text, size] = ["", 0];
  while (size < kept) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, kept - size), { stream: true });
    size += value.length;
  }
  await reader.cancel();
  return text;
};

const headersOf = async (letter: Letter): Promise<Record<string, string>> => ({
  "content-type": "application/json; charset=utf-8",
  "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  "stripe-signature": await sign(letter.body, letter.secrets, Math.floor(letter.signedAt / 1000)),
});

/**
 * A signal for one attempt. Held by its own timer: Node may let go of an `AbortSignal.any` over an
 * `AbortSignal.timeout` before it aborts (https://github.com/nodejs/node/issues/57736).
 */
const startPatience = (stopped: AbortSignal): { signal: AbortSignal; end: () => void } => {
  const controller = new AbortController();
  const stop = () => controller.abort(stopped.reason);
  const timer = setTimeout(() => {
    controller.abort(new Error(`There was no answer within ${patience / 1000} seconds.`));
  }, patience);
  stopped.addEventListener("abort", stop);
  if (stopped.aborted) stop();
  const end = () => {
    clearTimeout(timer);
    stopped.removeEventListener("abort", stop);
  };
  return { signal: controller.signal, end };
};

/** Sends one signed delivery; never throws, a failure is an attempt without a status. */
export const post = async (letter: Letter): Promise<Attempt> => {
  // The receiver checks the signature's age against its own clock, so this is the machine's time,
  // however far the sandbox's clock has been moved.
  const started = Date.now();
  const headers = await headersOf(letter);
  const request = { headers, body: letter.sent };
  const attempt = { at: new Date(started).toISOString(), chaos: letter.chaos, request };
  const { signal, end } = startPatience(letter.signal);
  try {
    const response = await letter.fetch(letter.url, {
      method: "POST",
      // A redirect is a failure, as with Stripe.
      redirect: "manual",
      signal,
      headers,
      body: letter.sent,
    });
    const body = await readStart(response);
    const answered = { headers: Object.fromEntries(response.headers), body };
    const durationMs = Date.now() - started;
    return { ...attempt, status: response.status, error: null, durationMs, response: answered };
  } catch (thrown) {
    const durationMs = Date.now() - started;
    return { ...attempt, status: null, error: reasonOf(thrown), durationMs, response: null };
  } finally {
    end();
  }
};
