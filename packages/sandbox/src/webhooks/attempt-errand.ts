import type { Target } from "../engine/endpoints/webhook-target.js";
import type { Attempt } from "./delivery.js";
import type { Errand } from "./errand.js";
import { post } from "./post.js";

type Means = {
  target: Target;
  /** The sandbox's clock, in seconds since 1970: which secrets are still valid. */
  now: number;
  signal: AbortSignal;
  fetch: typeof fetch;
};

const never = (): Attempt => ({
  at: new Date().toISOString(),
  status: null,
  error: "dropped on purpose",
  durationMs: 0,
  chaos: "drop",
  request: null,
  response: null,
});

/** Makes the next attempt of an errand, spoiled if chaos wants it so. */
export const attemptErrand = async (errand: Errand, means: Means): Promise<Attempt> => {
  const [step = "whole"] = errand.steps;
  if (step === "drop") return never();
  const { burst, body } = errand;
  if (burst) burst.signedAt ??= Date.now();
  const valid = means.target.hidden.secrets.filter(
    ({ expiresAt }) => expiresAt === null || expiresAt > means.now,
  );
  return post({
    url: means.target.hidden.url,
    body,
    sent: step === "truncate" ? body.slice(0, body.length / 2) : body,
    secrets: step === "wrong_signature" ? ["whsec_wrong_on_purpose"] : valid.map(({ secret }) => secret),
    signedAt: burst?.signedAt ?? Date.now(),
    chaos: step === "whole" ? null : step,
    signal: means.signal,
    fetch: means.fetch,
  });
};
